import { EventEmitter } from "node:events";
import type Electron from "electron";
import type { Recorder } from "./recorder.ts";

type FrameMembers = "origin" | "url" | "frameToken" | "parent" | "detached" | "isDestroyed" | "postMessage";

/** A frame of a page. Messages from main go to `onPosted`, as the preload would receive them. */
export class StandInFrame implements Pick<Electron.WebFrameMain, FrameMembers> {
  readonly frameToken = crypto.randomUUID();
  readonly detached = false;
  destroyed = false;
  onPosted: (channel: string, message: unknown, transfer: readonly unknown[]) => void = () => {};
  readonly url: string;
  readonly parent: Electron.WebFrameMain | null;

  constructor(url: string, parent: StandInFrame | null = null) {
    this.url = url;
    this.parent = parent as unknown as Electron.WebFrameMain | null;
  }

  get origin(): string {
    const { protocol, host } = new URL(this.url);
    return `${protocol}//${host}`;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    this.onPosted(channel, message, transfer);
  }
}

type ContentsMembers = "id" | "getURL" | "send" | "setWindowOpenHandler" | "reload" | "executeJavaScript";
type OpenHandler = Parameters<Electron.WebContents["setWindowOpenHandler"]>[0];

let contentsMade = 0;

export class StandInContents extends EventEmitter implements Pick<Electron.WebContents, ContentsMembers> {
  readonly id: number;
  mainFrame = new StandInFrame("about:blank");
  openHandler: OpenHandler | null = null;
  /** The result of scripts executed in the page. */
  scriptAnswer: unknown = "Overview";
  readonly #recorder: Recorder;

  constructor(recorder: Recorder) {
    super();
    contentsMade += 1;
    this.id = contentsMade;
    this.#recorder = recorder;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#recorder.note("contents.send", channel, ...args);
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  reload(): void {
    this.#recorder.note("contents.reload");
  }

  async executeJavaScript(code: string): Promise<unknown> {
    this.#recorder.note("contents.executeJavaScript", code);
    return this.scriptAnswer;
  }
}

type WindowMembers =
  | "loadURL"
  | "show"
  | "hide"
  | "focus"
  | "isFocused"
  | "isMinimized"
  | "restore"
  | "maximize"
  | "isMaximized"
  | "getNormalBounds"
  | "setProgressBar"
  | "isDestroyed"
  | "close";

export class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, WindowMembers> {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: StandInContents;
  visible = false;
  focused = true;
  maximized = false;
  destroyed = false;
  bounds: Electron.Rectangle;
  readonly #recorder: Recorder;

  constructor(options: Electron.BrowserWindowConstructorOptions, recorder: Recorder) {
    super();
    this.options = options;
    this.#recorder = recorder;
    this.webContents = new StandInContents(recorder);
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
  }

  async loadURL(url: string): Promise<void> {
    this.#recorder.note("window.loadURL", url);
    this.webContents.mainFrame = new StandInFrame(url);
    this.emit("ready-to-show");
  }

  show(): void {
    this.visible = true;
    this.#recorder.note("window.show");
  }

  hide(): void {
    this.visible = false;
    this.#recorder.note("window.hide");
  }

  focus(): void {
    this.focused = true;
  }

  isFocused(): boolean {
    return this.focused && this.visible;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  maximize(): void {
    this.maximized = true;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }

  setProgressBar(progress: number): void {
    this.#recorder.note("window.setProgressBar", progress);
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  /** Simulates a click on the close button. */
  close(): void {
    let prevented = false;
    this.emit("close", {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented || this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.emit("closed");
  }
}
