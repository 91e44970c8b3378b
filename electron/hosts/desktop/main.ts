import { homedir } from "node:os";
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from "electron";

// A separate file, because Electron loads this one under another name and a chunk could import it a second time.
const { startDesktop } = await import("./desktop.ts");

// Not awaited: Electron becomes ready only after this module has been evaluated, so an await would never end.
void startDesktop(
  {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    nativeImage,
    nativeTheme,
    Notification,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    safeStorage,
    screen,
    session,
    shell,
    Tray,
    utilityProcess,
  },
  {
    argv: process.argv,
    env: process.env,
    platform: process.platform,
    home: homedir(),
    cwd: process.cwd(),
    resourcesPath: process.resourcesPath,
    signals: process,
  },
);
