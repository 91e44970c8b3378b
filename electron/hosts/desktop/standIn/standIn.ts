import { EventEmitter } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import type Electron from "electron";
import type { ElectronApi } from "../electronApi.ts";
import { StandInChannel } from "./ports.ts";
import { Recorder } from "./recorder.ts";
import { standInUtilityProcess } from "./utilityProcesses.ts";
import { type StandInContents, StandInWindow } from "./windows.ts";

export interface StandInOptions {
  /** The folder that holds our package.json. */
  readonly app: string;
  readonly packaged?: boolean;
  readonly documents?: string;
  /** Whether this is the first instance. */
  readonly first?: boolean;
  readonly displays?: readonly Electron.Rectangle[];
  readonly storageBackend?: ReturnType<Electron.SafeStorage["getSelectedStorageBackend"]>;
  readonly canEncrypt?: boolean;
}

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

class StandInApp extends EventEmitter implements Pick<Electron.App, AppMembers> {
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

/** A dialog's answers, in the order in which they will be asked for. */
export interface Answers {
  readonly messageBox: number[];
  readonly openDialog: string[][];
}

function standInDialog(recorder: Recorder, answers: Answers) {
  const lastOf = <Options>(args: readonly unknown[]) => args.at(-1) as Options;
  return {
    async showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
      const options = lastOf<Electron.MessageBoxOptions>(args);
      recorder.note("dialog.showMessageBox", options);
      const response = answers.messageBox.shift() ?? options.cancelId ?? 0;
      return { response, checkboxChecked: false };
    },
    async showOpenDialog(...args: unknown[]): Promise<Electron.OpenDialogReturnValue> {
      recorder.note("dialog.showOpenDialog", lastOf<Electron.OpenDialogOptions>(args));
      const filePaths = answers.openDialog.shift() ?? [];
      return { canceled: filePaths.length === 0, filePaths };
    },
    showErrorBox: (title: string, content: string) => recorder.note("dialog.showErrorBox", title, content),
  };
}

type SessionMembers =
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setSpellCheckerEnabled";

class StandInSession extends EventEmitter implements Pick<Electron.Session, SessionMembers> {
  permissionRequest: Parameters<Electron.Session["setPermissionRequestHandler"]>[0] = null;
  permissionCheck: Parameters<Electron.Session["setPermissionCheckHandler"]>[0] = null;
  devicePermission: Parameters<Electron.Session["setDevicePermissionHandler"]>[0] = null;
  spellChecker = true;
  beforeRequest:
    | ((details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void)
    | null = null;
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession["beforeRequest"]) => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: StandInSession["permissionRequest"]): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: StandInSession["permissionCheck"]): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: StandInSession["devicePermission"]): void {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
}

type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** A key store that is none: what it "encrypts" does not hold the text, which is all that a test can ask. */
function standInSafeStorage(options: StandInOptions) {
  const backend = options.storageBackend ?? ("gnome_libsecret" as const);
  let plainText = false;
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isAsyncEncryptionAvailable: async () =>
      (options.canEncrypt ?? true) && (backend !== "basic_text" || plainText),
    setUsePlainTextEncryption: (allowed: boolean) => {
      plainText = allowed;
    },
    encryptStringAsync: async (text: string) => turned(Buffer.from(text)),
    decryptStringAsync: async (bytes: Buffer) => ({
      shouldReEncrypt: false,
      result: turned(bytes).toString(),
    }),
    getSelectedStorageBackend: () => backend,
  } satisfies Partial<Electron.SafeStorage>;
}

function recordingClasses(recorder: Recorder) {
  const notifications: (EventEmitter & { options: Electron.NotificationConstructorOptions })[] = [];
  const trays: (EventEmitter & { menu: Electron.MenuItemConstructorOptions[]; destroyed: boolean })[] = [];
  class StandInNotification extends EventEmitter implements Pick<Electron.Notification, "show"> {
    static isSupported = () => true;
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
      notifications.push(this);
    }
    show(): void {
      recorder.note("notification.show", this.options);
    }
  }
  class StandInTray extends EventEmitter implements Pick<Electron.Tray, "setToolTip" | "destroy"> {
    menu: Electron.MenuItemConstructorOptions[] = [];
    destroyed = false;
    constructor() {
      super();
      trays.push(this);
    }
    setContextMenu(menu: { template: Electron.MenuItemConstructorOptions[] }): void {
      this.menu = menu.template;
    }
    setToolTip(text: string): void {
      recorder.note("tray.setToolTip", text);
    }
    destroy(): void {
      this.destroyed = true;
    }
  }
  return { notifications, trays, Notification: StandInNotification, Tray: StandInTray };
}

/** Electron as far as the desktop uses it: it records what is asked, and a test plays the person and the system. */
export function createStandIn(options: StandInOptions) {
  const recorder = new Recorder();
  const windows: StandInWindow[] = [];
  const app = new StandInApp(options, recorder, windows);
  const session = new StandInSession();
  const answers: Answers = { messageBox: [], openDialog: [] };
  const protocols = new Map<string, ProtocolHandler>();
  const classes = recordingClasses(recorder);
  const blockers = new Set<number>();
  const powerMonitor = new EventEmitter();
  const ipcMain = new EventEmitter();
  const utilityProcess = standInUtilityProcess(recorder);
  const displays = (options.displays ?? [{ x: 0, y: 0, width: 1920, height: 1080 }]).map((workArea, id) => ({
    id,
    workArea,
  }));
  let menu: Electron.MenuItemConstructorOptions[] = [];

  class Window extends StandInWindow {
    constructor(given: Electron.BrowserWindowConstructorOptions) {
      super(given, recorder);
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents satisfies StandInContents);
    }
  }
  const electron = {
    app,
    BrowserWindow: Window,
    dialog: standInDialog(recorder, answers),
    ipcMain,
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
      setApplicationMenu: (built: { template: Electron.MenuItemConstructorOptions[] }) => {
        menu = built.template;
      },
    },
    MessageChannelMain: StandInChannel,
    nativeImage: { createFromPath: (file: string) => ({ resize: () => ({ file }) }) },
    nativeTheme: { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>,
    Notification: classes.Notification,
    powerMonitor,
    powerSaveBlocker: {
      start: (type: "prevent-app-suspension" | "prevent-display-sleep") => {
        recorder.note("powerSaveBlocker.start", type);
        blockers.add(blockers.size + 1);
        return blockers.size;
      },
      stop: (id: number) => blockers.delete(id),
    } satisfies Partial<Electron.PowerSaveBlocker>,
    protocol: {
      registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) =>
        recorder.note("protocol.registerSchemesAsPrivileged", schemes),
      handle: (scheme: string, handler: ProtocolHandler) => void protocols.set(scheme, handler),
    } satisfies Partial<Electron.Protocol>,
    safeStorage: standInSafeStorage(options),
    screen: { getPrimaryDisplay: () => displays[0], getAllDisplays: () => displays },
    session: { defaultSession: session },
    shell: {
      openExternal: async (url: string) => recorder.note("shell.openExternal", url),
    } satisfies Partial<Electron.Shell>,
    Tray: classes.Tray,
    utilityProcess,
  } satisfies Record<keyof ElectronApi, unknown>;
  return {
    ...classes,
    electron: electron as unknown as ElectronApi,
    app,
    recorder,
    windows,
    session,
    answers,
    protocols,
    blockers,
    ipcMain,
    powerMonitor,
    processes: utilityProcess.processes,
    menu: () => menu,
  };
}
export type StandIn = ReturnType<typeof createStandIn>;
