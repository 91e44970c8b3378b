import { contextBridge, ipcRenderer, webUtils } from "electron";

// Sandboxed: one CommonJS file that may require Electron's renderer part and nothing else. The names of the channels
// stand here again because a preload shares no chunk with main; its test compares them.
const requestPort = "namewright:request-port";
const forwarded = ["namewright:port", "namewright:command"];

contextBridge.exposeInMainWorld("namewright", {
  /** The path of a file dropped onto the page or chosen in it; empty for one that was made in memory. */
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
  /** Asks main for a port to a workspace (null: the first one). It comes as a message to the window. */
  requestPort: (workspaceId: string | null): void =>
    ipcRenderer.send(requestPort, workspaceId === null ? null : String(workspaceId)),
});

for (const type of forwarded) {
  ipcRenderer.on(type, (event, body: object) => {
    // A port crosses into the page's world by a message to its own window only; nobody else can be the target.
    window.postMessage({ ...body, type }, window.location.origin, [...event.ports]);
  });
}
