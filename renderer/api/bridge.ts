/** The desktop preload's interface for the page, the only part of Electron that reaches it. */
interface DesktopBridge {
  /** Returns the path of a dropped file; "" if it isn't on disk. */
  pathForFile(file: File): string;
  /** Requests a port to a workspace's contract (null: the first workspace). The port arrives as a message. */
  requestPort(workspaceId: string | null): void;
}

declare global {
  interface Window {
    readonly namewright?: DesktopBridge;
  }
}

export {};
