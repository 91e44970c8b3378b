import { contextBridge, ipcRenderer, webUtils } from "electron";

// Sandboxed: one CommonJS file that may only require Electron's renderer modules. The channel names are repeated
// because a preload shares no chunk with main. Its test compares them.
const requestPort = "namewright:request-port";
const forwarded = ["namewright:port", "namewright:command"];

contextBridge.exposeInMainWorld("namewright", {
  /** Returns the path of a dropped or selected file, or an empty string for a file created in memory. */
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
  /** Requests a port to a workspace (null: the first one). It arrives as a message to the window. */
  requestPort: (workspaceId: string | null): void =>
    ipcRenderer.send(requestPort, workspaceId === null ? null : String(workspaceId)),
});

for (const type of forwarded) {
  ipcRenderer.on(type, (event, body: object) => {
    // A port reaches the page's world only by a message to its own window, so nothing else can receive it.
    window.postMessage({ ...body, type }, window.location.origin, [...event.ports]);
  });
}
