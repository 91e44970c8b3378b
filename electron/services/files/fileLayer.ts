import { constants } from "node:fs";
import { access, appendFile, cp, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Everything the services write goes through here, so that a test can fail any single operation and so that a
 * file on disk is always the old one or the new one, never half.
 */
export interface FileLayer {
  read(file: string): Promise<Uint8Array>;
  readText(file: string): Promise<string>;
  /** Temporary file in the same folder, fsync, rename, fsync of the folder. Makes the folder where it lacks. */
  writeAtomic(file: string, data: string | Uint8Array): Promise<void>;
  /** Appends one line (newline added) in a single write and syncs it to disk. Makes the folder where it lacks. */
  appendLine(file: string, line: string): Promise<void>;
  /** Appends text without syncing: for logs, whose last lines a power cut may take. */
  appendText(file: string, text: string): Promise<void>;
  exists(file: string): Promise<boolean>;
  copy(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  makeFolder(folder: string): Promise<void>;
  remove(fileOrFolder: string): Promise<void>;
  size(file: string): Promise<number>;
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the rename itself is journaled by the file system.
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

let temporaryNumber = 0;

async function writeAtomic(file: string, data: string | Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  temporaryNumber += 1;
  const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.${temporaryNumber}.tmp`);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

async function appendLine(file: string, line: string): Promise<void> {
  if (line.includes("\n")) throw new Error("a journal line must not hold a newline");
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a");
  try {
    await handle.appendFile(`${line}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** The real file system. */
export function createFileLayer(): FileLayer {
  return {
    read: (file) => readFile(file),
    readText: (file) => readFile(file, "utf8"),
    writeAtomic,
    appendLine,
    appendText: async (file, text) => {
      await mkdir(path.dirname(file), { recursive: true });
      await appendFile(file, text);
    },
    copy: (from, to) => cp(from, to, { recursive: true }),
    exists: (file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    rename: async (from, to) => {
      await rename(from, to);
      await syncFolder(path.dirname(to));
    },
    list: (folder) => readdir(folder),
    makeFolder: async (folder) => {
      await mkdir(folder, { recursive: true });
    },
    remove: (fileOrFolder) => rm(fileOrFolder, { recursive: true, force: true }),
    size: async (file) => (await stat(file)).size,
  };
}
