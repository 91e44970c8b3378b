import type Electron from "electron";

/**
 * The part of Electron that the desktop host uses. It is injected, so that tests run the same code on a fake. Only
 * `main.ts` imports the real one.
 */
export type ElectronApi = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "dialog"
  | "ipcMain"
  | "Menu"
  | "MessageChannelMain"
  | "nativeImage"
  | "nativeTheme"
  | "Notification"
  | "powerMonitor"
  | "powerSaveBlocker"
  | "protocol"
  | "safeStorage"
  | "screen"
  | "session"
  | "shell"
  | "Tray"
  | "utilityProcess"
>;
