import { constants } from "node:fs";
import {
  access,
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rmdir,
  stat,
  unlink,
} from "node:fs/promises";
import { type HeldFolder, holdFolder } from "./heldFolder.ts";
import { appendFlags, noFollow, openRegular, readRegular } from "./regularFile.ts";
import { isAbsent, systemCode } from "./systemErrors.mjs";

export { isAbsent, systemCode };

/** A file that is being written. Every call is one operation that can fail, or be the last before a power cut. */
export interface OpenFile {
  /** Appends all bytes. A failed write may have written some of them. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything written is on disk, not only in the system's cache. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The single system operations of the file layer. A test wraps them and fails the Nth. They throw the system's errors
 * (`code` ENOENT, ENOSPC, …), and a `Failure` when an opened file isn't a regular file.
 */
export interface Primitives {
  read(file: string): Promise<Uint8Array>;
  /** Returns at most `most` bytes from byte `start` on; fewer at the end of the file. */
  readPart(file: string, start: number, most: number): Promise<Uint8Array>;
  /** Returns the size in bytes. Follows links. */
  size(file: string): Promise<number>;
  /** Returns the last byte of a file (0–255), or why there is none. */
  lastByte(file: string): Promise<number | "empty" | "absent">;
  exists(path: string): Promise<boolean>;
  /** True for a folder; false for a link to one, for a file and for a missing path. */
  isFolder(path: string): Promise<boolean>;
  list(folder: string): Promise<string[]>;
  /** Returns the target of a symbolic link as stored, or null if the path isn't a link. */
  linkTarget(path: string): Promise<string | null>;
  /** Opens a folder by its real path, so that a link can't redirect operations in it. */
  holdFolder(folder: string): Promise<HeldFolder>;
  /**
   * Returns the real path that a write to `file` would change, and its permission bits, or null if it doesn't exist.
   * `throughLink` follows a link in a workspace, for a file that the user chose.
   */
  target(file: string, throughLink: boolean): Promise<{ path: string; mode: number | null }>;
  /** Creates a file with this mode regardless of the umask. Fails with EEXIST. */
  create(file: string, mode?: number): Promise<OpenFile>;
  /** Opens a file for appending and creates it if necessary. With `throughLink` false, fails with ELOOP on a link. */
  openToAppend(file: string, throughLink?: boolean): Promise<OpenFile>;
  /** Copies bytes into a new file without syncing it. Fails with EEXIST. */
  copyFile(from: string, to: string): Promise<void>;
  syncFile(file: string): Promise<void>;
  /** Makes the names in a folder durable. Without it, a power cut may undo a rename. */
  syncFolder(folder: string): Promise<void>;
  /** Creates one folder whose parent exists. Does nothing if it already exists. */
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Creates a hard link. Fails with EEXIST, which makes it the way to create a complete file only if none exists. */
  link(from: string, to: string): Promise<void>;
  removeFile(file: string): Promise<void>;
  /** Removes an empty folder. */
  removeFolder(folder: string): Promise<void>;
}

async function opened(file: string, flags: number, mode?: number): Promise<OpenFile> {
  const handle = await openRegular(file, flags, mode);
  if (mode !== undefined) await unmasked(handle, mode);
  return {
    write: (bytes) => handle.writeFile(bytes),
    // Skips the file's times, which don't matter after a power cut; the size is synced with the data.
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** Restores permissions that the process's umask removed. */
async function unmasked(handle: FileHandle, mode: number): Promise<void> {
  try {
    if (((await handle.stat()).mode & 0o777) !== mode) await handle.chmod(mode);
  } catch {
    // On a file system without permissions, the write continues.
  }
}

async function syncAt(path: string, flags: string | number): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function lastByte(file: string): Promise<number | "empty" | "absent"> {
  const handle = await unlessAbsent(openRegular(file), null);
  if (handle === null) return "absent";
  try {
    const { size } = await handle.stat();
    if (size === 0) return "empty";
    const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
    return buffer[0] ?? "empty";
  } finally {
    await handle.close();
  }
}

async function readPart(file: string, start: number, most: number): Promise<Uint8Array> {
  const handle = await openRegular(file);
  try {
    const buffer = Buffer.alloc(Math.max(0, Math.min(most, (await handle.stat()).size - start)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

/** Returns the result of `work`, or `otherwise` when the path doesn't exist. */
export async function unlessAbsent<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return otherwise;
    throw error;
  }
}

/** Never opens an existing file or follows a link. */
const newFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/** The real file system. */
export const realPrimitives: Primitives = {
  read: readRegular,
  readPart,
  size: async (file) => (await stat(file)).size,
  lastByte,
  exists: (path) =>
    unlessAbsent(
      access(path).then(() => true),
      false,
    ),
  isFolder: (path) =>
    unlessAbsent(
      lstat(path).then((entry) => entry.isDirectory()),
      false,
    ),
  list: (folder) => readdir(folder),
  linkTarget: (path) =>
    readlink(path).catch((error: unknown) => {
      // EINVAL (UNKNOWN on Windows) means that the path exists and isn't a link.
      if (isAbsent(error) || ["EINVAL", "UNKNOWN"].includes(systemCode(error))) return null;
      throw error;
    }),
  holdFolder,
  target: async (file) => {
    const path = await unlessAbsent(realpath(file), null);
    if (path === null) return { path: file, mode: null };
    return { path, mode: (await stat(path)).mode & 0o777 };
  },
  create: (file, mode) => opened(file, newFlags, mode),
  openToAppend: (file, throughLink = true) => opened(file, appendFlags | (throughLink ? 0 : noFollow)),
  copyFile: async (from, to) => {
    // Checks that it is a regular file, because copying a pipe would block.
    await (await openRegular(from)).close();
    await copyFile(from, to, constants.COPYFILE_EXCL);
  },
  // Windows syncs only files that are open for writing; elsewhere read-only files must be syncable too.
  syncFile: (file) => syncAt(file, process.platform === "win32" ? "r+" : "r"),
  // Windows can't open folders; its file system journals the rename itself.
  syncFolder: async (folder) => {
    if (process.platform !== "win32") await syncAt(folder, constants.O_RDONLY);
  },
  makeFolder: async (folder) => {
    try {
      await mkdir(folder);
    } catch (error) {
      if (systemCode(error) !== "EEXIST" || !(await stat(folder)).isDirectory()) throw error;
    }
  },
  rename: (from, to) => rename(from, to),
  link: (from, to) => link(from, to),
  removeFile: (file) => unlink(file),
  removeFolder: (folder) => rmdir(folder),
};
