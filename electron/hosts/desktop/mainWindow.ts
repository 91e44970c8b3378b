import type Electron from "electron";
import { type DesktopCommand, desktopChannels } from "../../../shared/schema/desktop.ts";
import type { Dialogs } from "./dialogs.ts";
import type { ElectronApi } from "./electronApi.ts";
import type { DesktopLog } from "./log.ts";
import { openWindow } from "./window.ts";
import { placeWindow, type WindowStateFile } from "./windowState.ts";

/** Automatic reloads of a crashed page within `reloadsWithinMs`. After that, the user is asked. */
const mostReloads = 2;
const reloadsWithinMs = 60_000;

export interface MainWindowOptions {
  readonly state: WindowStateFile;
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly log: DesktopLog;
  readonly dialogs: Dialogs;
  /** Returns whether the window may close now. */
  mayClose(): boolean;
}

/** The only window. It opens at its last position and reloads when its page crashes. */
export class MainWindow {
  readonly #electron: Pick<ElectronApi, "BrowserWindow" | "nativeTheme" | "screen">;
  readonly #options: MainWindowOptions;
  #window: Electron.BrowserWindow | null = null;
  #crashes: number[] = [];
  /** The page that the window showed when it was closed. */
  #last: string | null = null;

  constructor(
    electron: Pick<ElectronApi, "BrowserWindow" | "nativeTheme" | "screen">,
    options: MainWindowOptions,
  ) {
    this.#electron = electron;
    this.#options = options;
  }

  get current(): Electron.BrowserWindow | null {
    return this.#window;
  }

  /** Brings the open window to the front, or opens one on its last page, initially on `address`. */
  async show(address: string): Promise<Electron.BrowserWindow> {
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return this.#window;
    }
    const { state, preload, icon, devTools } = this.#options;
    const { screen } = this.#electron;
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    const areas = [primary, ...others].map(({ workArea }) => workArea);
    const place = placeWindow(await state.read(), areas);
    const window = openWindow(this.#electron, { state: place, preload, icon, devTools });
    this.#window = window;
    window.on("close", (event) => {
      this.#last = window.webContents.getURL();
      void state.keep(window);
      if (!this.#options.mayClose()) event.preventDefault();
    });
    window.on("closed", () => {
      this.#window = null;
    });
    this.#watchPage(window);
    await window.loadURL(this.#last ?? address);
    return window;
  }

  /**
   * Brings the open window to the front and sends the command to its page. Without a window, opens one on the
   * equivalent `address`, because a page that is still loading doesn't receive commands.
   */
  async lead(command: DesktopCommand, address: string): Promise<void> {
    const wasOpen = this.#window !== null;
    if (!wasOpen) this.#last = null;
    await this.show(address);
    if (wasOpen) this.send(command);
  }

  /** Sends a command to the page. Does nothing without a window. */
  send(command: DesktopCommand): void {
    this.#window?.webContents.send(desktopChannels.command, command);
  }

  async keepPlace(): Promise<void> {
    if (this.#window !== null) await this.#options.state.keep(this.#window);
  }

  #watchPage(window: Electron.BrowserWindow): void {
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      this.#options.log.write(`the renderer process ended: ${reason}`);
      if (reason !== "clean-exit") void this.#revive(window);
    });
    window.on("unresponsive", () => void this.#askToReload(window, "The window isn't responding."));
  }

  async #revive(window: Electron.BrowserWindow): Promise<void> {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < reloadsWithinMs), now];
    if (this.#crashes.length <= mostReloads) return window.webContents.reload();
    await this.#askToReload(window, "The window crashed several times.");
  }

  async #askToReload(window: Electron.BrowserWindow, message: string): Promise<void> {
    const pressed = await this.#options.dialogs.ask({
      type: "warning",
      title: "Namewright",
      message,
      detail: "Runs continue, and saved changes are safe. Reload to restore the screen.",
      buttons: ["Reload", "Wait"],
      defaultId: 0,
      cancelId: 1,
    });
    if (pressed === 0 && !window.isDestroyed()) window.webContents.reload();
  }
}
