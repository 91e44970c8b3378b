/** What the desktop's preload gives the page: nothing else of Electron reaches it. */
export interface DesktopBridge {
  /** Where a dropped file lies; "" where it lies nowhere. */
  pathForFile(file: File): string;
  /** Asks the main process for a port to a workspace's contract (null: the first one); it comes as a message. */
  requestPort(workspaceId: string | null): void;
}

declare global {
  interface Window {
    readonly namewright?: DesktopBridge;
  }
}
