import type Electron from "electron";
import { type DesktopCommand, desktopChannels } from "../../../shared/schema/desktop.ts";
import type { Dialogs } from "./dialogs.ts";
import type { ElectronApi } from "./electronApi.ts";
import type { DesktopLog } from "./log.ts";
import { openWindow } from "./window.ts";
import { placeWindow, type WindowStateFile } from "./windowState.ts";

/** So often within the time below a page that crashed is loaded again by itself; then a person is asked. */
const mostReloads = 2;
const reloadsWithinMs = 60_000;

export interface MainWindowOptions {
  readonly state: WindowStateFile;
  readonly preload: string;
  readonly icon: string;
  readonly devTools: boolean;
  readonly log: DesktopLog;
  readonly dialogs: Dialogs;
  /** Somebody wants to close it. @returns whether that is to be let go */
  mayClose(): boolean;
}

/** The one window: opened where it last was, loaded again when its page crashes, told what happens outside it. */
export class MainWindow {
  readonly #electron: Pick<ElectronApi, "BrowserWindow" | "nativeTheme" | "screen">;
  readonly #options: MainWindowOptions;
  #window: Electron.BrowserWindow | null = null;
  #crashes: number[] = [];
  /** What a window that was closed had shown. */
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

  /** Opens it on what it last showed, at first on this page; or brings the open one to the front. */
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
   * Brings the open window to the front and tells its page; without one, opens it on the page that comes to the same,
   * since a page that is only loading hears nothing yet.
   */
  async lead(command: DesktopCommand, address: string): Promise<void> {
    const wasOpen = this.#window !== null;
    if (!wasOpen) this.#last = null;
    await this.show(address);
    if (wasOpen) this.send(command);
  }

  /** Says something to the page; nothing where there is no window. */
  send(command: DesktopCommand): void {
    this.#window?.webContents.send(desktopChannels.command, command);
  }

  async keepPlace(): Promise<void> {
    if (this.#window !== null) await this.#options.state.keep(this.#window);
  }

  #watchPage(window: Electron.BrowserWindow): void {
    window.webContents.on("render-process-gone", (_event, { reason }) => {
      this.#options.log.write(`the page's process is gone: ${reason}`);
      if (reason !== "clean-exit") void this.#revive(window);
    });
    window.on("unresponsive", () => void this.#askToReload(window, "The window does not answer."));
  }

  async #revive(window: Electron.BrowserWindow): Promise<void> {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < reloadsWithinMs), now];
    if (this.#crashes.length <= mostReloads) return window.webContents.reload();
    await this.#askToReload(window, "The window's page crashed several times.");
  }

  async #askToReload(window: Electron.BrowserWindow, message: string): Promise<void> {
    const pressed = await this.#options.dialogs.ask({
      type: "warning",
      title: "Namewright",
      message,
      detail: "Runs go on, and what was saved is safe. Reloading shows the screen anew.",
      buttons: ["Reload", "Wait"],
      defaultId: 0,
      cancelId: 1,
    });
    if (pressed === 0 && !window.isDestroyed()) window.webContents.reload();
  }
}
