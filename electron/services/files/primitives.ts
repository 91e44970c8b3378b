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
import { isAbsent, systemCode } from "./systemErrors.ts";

export { isAbsent, systemCode };

/** A file that is being written. Every call is one operation that can fail, or be the last before a power cut. */
export interface OpenFile {
  /** Writes all bytes behind what is there. A failed write may have written some of them. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything written is on the disk, not only in the system's memory. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The single operations that the file layer is made of, as narrow as the system has them: a test wraps them and fails
 * the Nth. They throw the system's own errors (`code` ENOENT, ENOSPC, …), and a Failure where something that is opened
 * is not a regular file.
 */
export interface Primitives {
  read(file: string): Promise<Uint8Array>;
  /** At most `most` bytes from byte `start` on; fewer where the file ends before. */
  readPart(file: string, start: number, most: number): Promise<Uint8Array>;
  /** Size in bytes; links are followed. */
  size(file: string): Promise<number>;
  /** The last byte of a file (0–255), or why there is none. */
  lastByte(file: string): Promise<number | "empty" | "absent">;
  exists(path: string): Promise<boolean>;
  /** True for a folder itself, false for a link to one, for a file and for nothing. */
  isFolder(path: string): Promise<boolean>;
  list(folder: string): Promise<string[]>;
  /** Where a symbolic link leads, as it is written in it; null where the path itself is no link. */
  linkTarget(path: string): Promise<string | null>;
  /** Holds a folder by its real place, so that what is done in it cannot be led elsewhere by a link. */
  holdFolder(folder: string): Promise<HeldFolder>;
  /**
   * What a write to `file` would really write to, behind links, and its permission bits; null where nothing is.
   * `throughLink`: a person named this very file, so that a link to elsewhere is theirs to follow.
   */
  target(file: string, throughLink: boolean): Promise<{ path: string; mode: number | null }>;
  /** A new file, of these permissions whatever the umask; fails with EEXIST. */
  create(file: string, mode?: number): Promise<OpenFile>;
  /** Opens to append, made where it lacks. `throughLink` false: fails with ELOOP where it is a link. */
  openToAppend(file: string, throughLink?: boolean): Promise<OpenFile>;
  /** Copies bytes into a new file, without syncing it; fails with EEXIST. */
  copyFile(from: string, to: string): Promise<void>;
  syncFile(file: string): Promise<void>;
  /** Makes the names in a folder durable: a rename without it may be undone by a power cut. */
  syncFolder(folder: string): Promise<void>;
  /** One folder, whose parent is there; nothing where it is there already. */
  makeFolder(folder: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file; fails with EEXIST: the one way to make a whole file only where none is. */
  link(from: string, to: string): Promise<void>;
  removeFile(file: string): Promise<void>;
  /** An empty folder. */
  removeFolder(folder: string): Promise<void>;
}

async function opened(file: string, flags: number, mode?: number): Promise<OpenFile> {
  const handle = await openRegular(file, flags, mode);
  if (mode !== undefined) await unmasked(handle, mode);
  return {
    write: (bytes) => handle.writeFile(bytes),
    // Without the file's times, which nobody needs after a power cut; its size goes with the data.
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** The permissions as they were asked for: the process's umask has taken some away. */
async function unmasked(handle: FileHandle, mode: number): Promise<void> {
  try {
    if (((await handle.stat()).mode & 0o777) !== mode) await handle.chmod(mode);
  } catch {
    // A file system without permissions: the file is no more open than was asked, and is to be written all the same.
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

/** What `work` gives, or `otherwise` where what it looks at is not there. */
export async function unlessAbsent<Value>(work: Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return otherwise;
    throw error;
  }
}

/** Never an existing file, and never through a link. */
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
      // EINVAL: it is there and no link; UNKNOWN is Windows's word for it.
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
    // Only to see that it is a regular file: the copy itself would wait for a pipe's other end.
    await (await openRegular(from)).close();
    await copyFile(from, to, constants.COPYFILE_EXCL);
  },
  // Windows syncs only what is open for writing; elsewhere a file marked read-only must be syncable too.
  syncFile: (file) => syncAt(file, process.platform === "win32" ? "r+" : "r"),
  // Windows cannot open a folder; there the rename itself is journaled by the file system.
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
