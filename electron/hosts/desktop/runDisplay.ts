import type Electron from "electron";
import { workspaceId } from "../../services/host/knownWorkspaces.ts";
import type { RunNotice } from "../../services/platform.ts";
import type { ElectronApi } from "./electronApi.ts";
import { RunActivity, wordsOfEnd } from "./runActivity.ts";

export interface RunDisplayEvents {
  /** The window, while there is one. */
  window(): Electron.BrowserWindow | null;
  /** A click on a notification. */
  onChosen(run: { workspaceId: string; runId: string }): void;
  onChange(): void;
}

/** Shows outside the window what runs do: the taskbar's progress, a notification at the end, no sleep meanwhile. */
export class RunDisplay {
  readonly activity = new RunActivity();
  readonly #electron: Pick<ElectronApi, "Notification" | "powerSaveBlocker">;
  readonly #events: RunDisplayEvents;
  #blocker: number | null = null;
  /** A notification that nobody holds is collected, and its click with it. */
  readonly #shown = new Set<Electron.Notification>();

  constructor(electron: Pick<ElectronApi, "Notification" | "powerSaveBlocker">, events: RunDisplayEvents) {
    this.#electron = electron;
    this.#events = events;
  }

  hear(notice: RunNotice): void {
    this.activity.hear(notice);
    this.#keepAwake(this.activity.working);
    this.#events.window()?.setProgressBar(this.activity.fraction ?? -1);
    if (!notice.held) this.#tell(notice);
    this.#events.onChange();
  }

  #keepAwake(wanted: boolean): void {
    const { powerSaveBlocker } = this.#electron;
    if (wanted) this.#blocker ??= powerSaveBlocker.start("prevent-app-suspension");
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  #tell({ run, workspace }: RunNotice): void {
    const words = wordsOfEnd(run);
    const { Notification } = this.#electron;
    if (words === null || this.#events.window()?.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification(words);
    this.#shown.add(notification);
    notification.on("click", () =>
      this.#events.onChosen({ workspaceId: workspaceId(workspace), runId: run.id }),
    );
    notification.on("close", () => this.#shown.delete(notification));
    notification.show();
  }
}
