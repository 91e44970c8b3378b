import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { RunOwner } from "../../../shared/schema/run.ts";
import { identityTag, ownIdentity } from "../processes/processIdentity.mjs";
import { Confinement } from "./confinement.ts";
import { explainingDisk } from "./diskFailure.ts";
import {
  isAbsent,
  type OpenFile,
  type Primitives,
  realPrimitives,
  systemCode,
  unlessAbsent,
} from "./primitives.ts";
import { temporaryBeside } from "./temporaryFile.ts";

/** Content to write, whole or in pieces, so that a large file is never completely in memory. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * The file layer that all services write through. A test can fail any single operation, and a file on disk is always
 * either the old one or the new one, never half. Disk errors (disk full, permission denied, too many open files, a
 * failing disk) are thrown as a `Failure` with a remedy. A missing file keeps the system's error, which only the caller
 * can explain.
 */
export interface FileLayer {
  read(file: string): Promise<Uint8Array>;
  /** Returns at most `most` bytes from byte `start` on; fewer at the end of the file. */
  readPart(file: string, start: number, most: number): Promise<Uint8Array>;
  /** Returns UTF-8 text. Invalid bytes become U+FFFD. */
  readText(file: string): Promise<string>;
  /**
   * Writes a temporary file in the same folder, then fsync, rename, and fsync of the folder. Creates the folder if
   * necessary. Keeps permissions, and follows links outside workspaces. `beforeRename` is a final check: if it throws,
   * nothing was changed. `mode` is the mode of a new file. `throughLink` follows a link in a workspace too, for a file
   * that the user chose to edit.
   */
  writeAtomic(
    file: string,
    data: FileContent,
    options?: { beforeRename?: () => Promise<void>; mode?: number; throughLink?: boolean },
  ): Promise<void>;
  /** Writes a new file in the same way. Returns false, with nothing changed, when it already exists. */
  writeNew(file: string, data: FileContent): Promise<boolean>;
  /**
   * Appends one line (newline added) in a single write and syncs it to disk. Creates the folder if necessary. A partial
   * line from a failed write or a power cut is terminated first, so that it doesn't damage the new one.
   */
  appendLine(file: string, line: string): Promise<void>;
  /** Appends text without syncing, for logs, which may lose their last lines in a power cut. */
  appendText(file: string, text: string): Promise<void>;
  /**
   * Appends chunks as they arrive and syncs at the end or on a failure, so that an interrupted download can resume.
   * Creates the folder if necessary.
   */
  appendBytes(file: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  exists(file: string): Promise<boolean>;
  /** Copies a file or a folder. `to` must not exist; it becomes the complete copy or nothing. */
  copy(from: string, to: string): Promise<void>;
  /** Renames durably: the content is synced before, the new name after. */
  rename(from: string, to: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Throws `Failure` `bad-value` when a run's folder is a symbolic link, or contains one at any depth. */
  refuseLinksIn(folder: string): Promise<void>;
  makeFolder(folder: string): Promise<void>;
  remove(fileOrFolder: string): Promise<void>;
  size(file: string): Promise<number>;
  /**
   * Confines writes below a workspace's folder to it. From now on a symbolic link in the path is a `Failure` `bad-value`,
   * and a folder without its `marker` file is a `Failure` `missing`, because the workspace is gone.
   */
  confine(folder: string, marker: string | null): Promise<void>;
  /** Throws when a write to the path would go through a link. For a check before long work. */
  refuseLink(path: string): Promise<void>;
  /** Throws when the path is in a workspace that no longer exists. For a check after something isn't found. */
  refuseGone(path: string): Promise<void>;
  /** Returns the process that this layer writes for, as recorded in locks and names of temporary files. */
  identity(): Promise<RunOwner>;
}

const newline = 0x0a;
const encoder = new TextEncoder();

class PrimitiveFileLayer implements FileLayer {
  readonly #confinement: Confinement;
  readonly #disk: Primitives;
  readonly identity: () => Promise<RunOwner>;

  constructor(disk: Primitives, identity: () => Promise<RunOwner>) {
    this.#confinement = new Confinement(disk);
    this.#disk = this.#confinement.primitives();
    this.identity = identity;
  }

  read = (file: string) => explainingDisk("read", file, () => this.#disk.read(file));

  readPart: FileLayer["readPart"] = (file, start, most) =>
    explainingDisk("read", file, () => this.#disk.readPart(file, start, most));

  readText = async (file: string) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(await this.read(file));

  writeAtomic: FileLayer["writeAtomic"] = (file, data, { beforeRename, mode, throughLink = false } = {}) =>
    explainingDisk("write", file, async () => {
      await this.#makeFolder(path.dirname(file));
      const target = await this.#disk.target(file, throughLink);
      if (target.mode !== null && (target.mode & 0o222) === 0) throw readOnly(target.path);
      const temporary = await this.#temporary(target.path);
      try {
        await this.#writeWhole(temporary, data, target.mode ?? mode);
        await beforeRename?.();
        await this.#disk.rename(temporary, target.path);
      } catch (error) {
        await this.#removeQuietly(temporary);
        throw error;
      }
      await this.#disk.syncFolder(path.dirname(target.path));
    });

  writeNew: FileLayer["writeNew"] = (file, data) =>
    explainingDisk("write", file, async () => {
      await this.#makeFolder(path.dirname(file));
      const temporary = await this.#temporary(file);
      try {
        await this.#writeWhole(temporary, data);
        if (!(await this.#nameNew(temporary, file))) return false;
      } finally {
        await this.#removeQuietly(temporary);
      }
      await this.#disk.syncFolder(path.dirname(file));
      return true;
    });

  appendLine: FileLayer["appendLine"] = (file, line) => {
    if (line.includes("\n")) throw new Error("a journal line must not hold a newline");
    return explainingDisk("write", file, async () => {
      const last = await this.#disk.lastByte(file);
      const isNew = last === "absent";
      if (isNew) await this.#makeFolder(path.dirname(file));
      const torn = typeof last === "number" && last !== newline;
      const open = await this.#disk.openToAppend(file);
      await closing(open, async () => {
        await open.write(encoder.encode(`${torn ? "\n" : ""}${line}\n`));
        await open.sync();
      });
      if (isNew) await this.#disk.syncFolder(path.dirname(file));
    });
  };

  appendText: FileLayer["appendText"] = (file, text) =>
    explainingDisk("write", file, async () => {
      await this.#makeFolder(path.dirname(file));
      const open = await this.#disk.openToAppend(file);
      await closing(open, () => open.write(encoder.encode(text)));
    });

  appendBytes: FileLayer["appendBytes"] = (file, chunks) =>
    explainingDisk("write", file, async () => {
      await this.#makeFolder(path.dirname(file));
      const open = await this.#disk.openToAppend(file);
      await closing(open, async () => {
        try {
          for await (const chunk of chunks) await open.write(chunk);
        } finally {
          await open.sync();
        }
      });
    });

  exists = (file: string) => explainingDisk("read", file, () => this.#disk.exists(file));

  copy: FileLayer["copy"] = (from, to) =>
    explainingDisk("write", to, async () => {
      await this.#makeFolder(path.dirname(to));
      const temporary = await this.#temporary(to);
      try {
        await this.#copyTree(from, temporary);
        await this.#disk.rename(temporary, to);
      } catch (error) {
        await this.remove(temporary).catch(() => {});
        throw error;
      }
      await this.#disk.syncFolder(path.dirname(to));
    });

  rename: FileLayer["rename"] = (from, to) =>
    explainingDisk("write", to, async () => {
      // Without the sync, a power cut could leave the new name with an empty file.
      if (!(await this.#disk.isFolder(from))) await this.#disk.syncFile(from);
      await this.#disk.rename(from, to);
      await this.#disk.syncFolder(path.dirname(to));
    });

  list = (folder: string) => explainingDisk("read", folder, () => this.#disk.list(folder));

  refuseLinksIn = (folder: string) =>
    explainingDisk("read", folder, async () => {
      const link = await this.#linkIn(folder);
      if (link !== null) throw linkInRun(link);
    });

  makeFolder = (folder: string) => explainingDisk("write", folder, () => this.#makeFolder(folder, true));

  confine: FileLayer["confine"] = (folder, marker) =>
    explainingDisk("read", folder, () => this.#confinement.add(folder, marker));

  remove = (fileOrFolder: string) =>
    explainingDisk("write", fileOrFolder, () => this.#removeTree(fileOrFolder));

  size = (file: string) => explainingDisk("read", file, () => this.#disk.size(file));

  refuseLink = (file: string) =>
    explainingDisk("write", file, () =>
      unlessAbsent(
        this.#disk.target(file, false).then(() => undefined),
        undefined,
      ),
    );

  refuseGone = (file: string) => explainingDisk("read", file, () => this.#confinement.refuseGone(file));

  async #temporary(target: string): Promise<string> {
    return temporaryBeside(target, identityTag(await this.identity()));
  }

  async #writeWhole(file: string, data: FileContent, mode?: number): Promise<void> {
    const open = await this.#disk.create(file, mode);
    await closing(open, async () => {
      if (typeof data === "string") await open.write(encoder.encode(data));
      else if (data instanceof Uint8Array) await open.write(data);
      else for await (const part of data) await open.write(part);
      await open.sync();
    });
  }

  /** Gives a complete file its name. Returns false when the name is taken. */
  async #nameNew(from: string, to: string): Promise<boolean> {
    try {
      await this.#disk.link(from, to);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(systemCode(error))) throw error;
    }
    // A file system without links (FAT) leaves a gap between the check and the rename.
    if (await this.#disk.exists(to)) return false;
    await this.#disk.rename(from, to);
    return true;
  }

  /** Creates a folder and its parents durably. `named` means that the caller requested this very folder. */
  async #makeFolder(folder: string, named = false): Promise<void> {
    if (await this.#disk.exists(folder)) return;
    if (!named) this.#confinement.assertNotRoot(folder);
    const parent = path.dirname(folder);
    if (parent !== folder) await this.#makeFolder(parent);
    await this.#disk.makeFolder(folder);
    await this.#disk.syncFolder(parent);
  }

  async #linkIn(place: string): Promise<string | null> {
    if ((await this.#disk.linkTarget(place)) !== null) return place;
    if (!(await this.#disk.isFolder(place))) return null;
    for (const name of await this.#disk.list(place)) {
      const link = await this.#linkIn(path.join(place, name));
      if (link !== null) return link;
    }
    return null;
  }

  async #copyTree(from: string, to: string): Promise<void> {
    if (!(await this.#disk.isFolder(from))) {
      await this.#disk.copyFile(from, to);
      await this.#disk.syncFile(to);
      return;
    }
    await this.#disk.makeFolder(to);
    for (const name of await this.#disk.list(from)) {
      await this.#copyTree(path.join(from, name), path.join(to, name));
    }
    await this.#disk.syncFolder(to);
  }

  async #removeTree(fileOrFolder: string): Promise<void> {
    try {
      if (!(await this.#disk.isFolder(fileOrFolder))) {
        await this.#disk.removeFile(fileOrFolder);
        return;
      }
      for (const name of await this.#disk.list(fileOrFolder)) {
        await this.#removeTree(path.join(fileOrFolder, name));
      }
      await this.#disk.removeFolder(fileOrFolder);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  /** Removes a temporary file after a failure, ignoring errors so that the original failure is reported. */
  async #removeQuietly(file: string): Promise<void> {
    await this.#disk.removeFile(file).catch(() => {});
  }
}

/** Closes the file in any case. An error of the work takes precedence over one of closing. */
async function closing(file: OpenFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
}

function linkInRun(link: string): Failure {
  return new Failure(
    "bad-value",
    `${link} is a symbolic link. A run uses only real files inside its folder.`,
    {
      hint: "Nothing was changed. Delete the link, or remove the run and start it again.",
      file: link,
    },
  );
}

function readOnly(file: string): Failure {
  return new Failure("missing", `permission denied: ${file} is read-only`, {
    hint: "Make the file writable and try again. Nothing was changed.",
    file,
  });
}

/** Creates a file layer over the real file system by default; `identity` returns the process that it writes for. */
export function createFileLayer(
  primitives: Primitives = realPrimitives,
  identity: () => Promise<RunOwner> = ownIdentity,
): FileLayer {
  return new PrimitiveFileLayer(primitives, identity);
}
