/** Electron's binary; null where it was not downloaded. Never asks the package: requiring it starts the download. */
export declare function electronBinary(root: string): string | null;
