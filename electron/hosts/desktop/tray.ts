import type Electron from "electron";
import type { ElectronApi } from "./electronApi.ts";
import type { RunActivity } from "./runActivity.ts";

const iconSize = 22;

/** The tray icon while the window is closed and runs continue in the background. */
export class BackgroundTray {
  readonly #electron: Pick<ElectronApi, "Tray" | "Menu" | "nativeImage">;
  readonly #icon: string;
  #tray: Electron.Tray | null = null;

  constructor(electron: Pick<ElectronApi, "Tray" | "Menu" | "nativeImage">, icon: string) {
    this.#electron = electron;
    this.#icon = icon;
  }

  show(actions: { open(): void; quit(): void }): void {
    if (this.#tray !== null) return;
    const { Tray, Menu, nativeImage } = this.#electron;
    const image = nativeImage.createFromPath(this.#icon).resize({ width: iconSize, height: iconSize });
    this.#tray = new Tray(image);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: "Open Namewright", click: actions.open },
        { type: "separator" },
        { label: "Quit…", click: actions.quit },
      ]),
    );
    this.#tray.on("click", actions.open);
  }

  update(activity: Pick<RunActivity, "live" | "fraction">): void {
    const share = activity.fraction === null ? "" : `, ${Math.floor(activity.fraction * 100)}%`;
    const [first] = activity.live;
    const what = activity.live.length === 1 ? (first?.title ?? "") : `${activity.live.length} runs`;
    this.#tray?.setToolTip(`Namewright: ${what}${share}`);
  }

  hide(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }
}
