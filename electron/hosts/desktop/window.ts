import type Electron from "electron";
import type { ElectronApi } from "./electronApi.ts";
import { smallest, type WindowState } from "./windowState.ts";

/** The preferences of every page, spelled out even where they are Electron's defaults. */
const pagePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies Electron.WebPreferences;

/** Opens the window and shows it after its first paint. */
export function openWindow(
  { BrowserWindow, nativeTheme }: Pick<ElectronApi, "BrowserWindow" | "nativeTheme">,
  options: { state: WindowState; preload: string; icon: string; devTools: boolean },
): Electron.BrowserWindow {
  const { x, y, width, height, maximized } = options.state;
  const window = new BrowserWindow({
    x,
    y,
    width,
    height,
    minWidth: Math.min(smallest.width, width),
    minHeight: Math.min(smallest.height, height),
    show: false,
    title: "Namewright",
    icon: options.icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#1a1b1e" : "#ffffff",
    webPreferences: { ...pagePreferences, preload: options.preload, devTools: options.devTools },
  });
  if (maximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  return window;
}
