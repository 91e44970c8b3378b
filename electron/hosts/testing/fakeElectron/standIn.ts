import { EventEmitter } from "node:events";
import type Electron from "electron";
import type { ElectronApi } from "../../desktop/electronApi.ts";
import { StandInApp } from "./app.ts";
import { recordingClasses } from "./classes.ts";
import type { StandInOptions } from "./options.ts";
import { StandInChannel } from "./ports.ts";
import { Recorder } from "./recorder.ts";
import { StandInSession } from "./session.ts";
import { standInUtilityProcess } from "./utilityProcesses.ts";
import { type StandInContents, StandInWindow } from "./windows.ts";

/** The answers of dialogs, in the order of the questions. */
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

type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** A fake key store. Its "encrypted" data doesn't contain the text, which is all that tests check. */
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

/** Creates a fake of the Electron API that the desktop uses. It records calls, and the test plays the user and the system. */
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
