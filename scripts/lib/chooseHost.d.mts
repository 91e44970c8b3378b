/** Returns Electron's binary, or null if it wasn't downloaded. */
export declare function electronBinary(root: string): string | null;
