import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import type Electron from "electron";
import type { StandInOptions } from "./options.ts";
import type { Recorder } from "./recorder.ts";
import type { StandInWindow } from "./windows.ts";

type AppMembers =
  | "getAppPath"
  | "isPackaged"
  | "getPath"
  | "setPath"
  | "getVersion"
  | "setAppUserModelId"
  | "requestSingleInstanceLock"
  | "enableSandbox"
  | "whenReady"
  | "quit"
  | "exit";

/** The application: ready when a test says so, and ended as Electron ends it, by asking everybody. */
export class StandInApp extends EventEmitter implements Pick<Electron.App, AppMembers> {
  readonly isPackaged: boolean;
  ended: number | null = null;
  readonly #options: StandInOptions;
  readonly #recorder: Recorder;
  readonly #windows: StandInWindow[];
  readonly #ready = Promise.withResolvers<void>();

  constructor(options: StandInOptions, recorder: Recorder, windows: StandInWindow[]) {
    super();
    this.#options = options;
    this.#recorder = recorder;
    this.#windows = windows;
    this.isPackaged = options.packaged ?? false;
  }

  /** What Electron does once the main module has been evaluated. */
  becomeReady(): void {
    this.#recorder.note("app.ready");
    this.#ready.resolve();
  }

  whenReady = () => this.#ready.promise;
  getAppPath = () => this.#options.app;
  getPath = (name: string) => path.join(this.#options.documents ?? "/nowhere", name);
  setPath = (name: string, place: string) => {
    if (!existsSync(place)) throw new Error(`Failed to set path: ${place} is not there`);
    this.#recorder.note("app.setPath", name, place);
  };
  getVersion = () => "0.1.0";
  setAppUserModelId = (id: string) => this.#recorder.note("app.setAppUserModelId", id);
  requestSingleInstanceLock = () => this.#options.first ?? true;
  enableSandbox = () => this.#recorder.note("app.enableSandbox");

  /** Asks everybody, then closes the windows, then ends. */
  quit = () => {
    this.#recorder.note("app.quit");
    let prevented = false;
    this.emit("before-quit", { preventDefault: () => (prevented = true) });
    if (prevented) return;
    for (const window of this.#windows) window.close();
    if (this.#windows.every(({ destroyed }) => destroyed)) this.ended ??= 0;
  };

  exit = (code = 0) => {
    this.ended ??= code;
  };
}
