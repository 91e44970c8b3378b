import type Electron from "electron";
import { workspaceId } from "../../services/host/knownWorkspaces.ts";
import type { RunNotice } from "../../services/platform.ts";
import type { ElectronApi } from "./electronApi.ts";
import { RunActivity, wordsOfEnd } from "./runActivity.ts";

export interface RunDisplayEvents {
  /** Returns the open window, or null. */
  window(): Electron.BrowserWindow | null;
  /** Handles a click on a notification. */
  onChosen(run: { workspaceId: string; runId: string }): void;
  onChange(): void;
}

/** Shows runs outside the window: taskbar progress and a notification at the end. Keeps the system awake during runs. */
export class RunDisplay {
  readonly activity = new RunActivity();
  readonly #electron: Pick<ElectronApi, "Notification" | "powerSaveBlocker">;
  readonly #events: RunDisplayEvents;
  #blocker: number | null = null;
  /** Keeps notifications alive: an unreferenced one is garbage-collected together with its click listener. */
  readonly #shown = new Set<Electron.Notification>();

  constructor(electron: Pick<ElectronApi, "Notification" | "powerSaveBlocker">, events: RunDisplayEvents) {
    this.#electron = electron;
    this.#events = events;
  }

  hear(notice: RunNotice): void {
    this.activity.hear(notice);
    this.#keepAwake(this.activity.working);
    this.#events.window()?.setProgressBar(this.activity.fraction ?? -1);
    if (!notice.held) this.#notify(notice);
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

  #notify({ run, workspace }: RunNotice): void {
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
