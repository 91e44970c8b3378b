import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { RunOwner } from "../../../shared/schema/run.ts";
import { identityTag, ownIdentity } from "../processes/processIdentity.ts";
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

/** What is written to a file: whole, or piece by piece, so that a large file is never in memory as a whole. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Everything the services write goes through here, so that a test can fail any single operation and so that a
 * file on disk is always the old one or the new one, never half. What the disk refuses (no space, no right, too many
 * open files, a failing disk) is thrown as a Failure that says what to do; a file that is not there keeps the
 * system's own error, which only the caller can explain.
 */
export interface FileLayer {
  read(file: string): Promise<Uint8Array>;
  /** At most `most` bytes from byte `start` on; fewer where the file ends before. */
  readPart(file: string, start: number, most: number): Promise<Uint8Array>;
  /** UTF-8, leniently: what is no UTF-8 becomes U+FFFD. */
  readText(file: string): Promise<string>;
  /**
   * Temporary file in the same folder, fsync, rename, fsync of the folder. Makes the folder where it lacks. Permissions
   * are kept, and links followed outside of workspaces. `beforeRename` is the last look: where it throws, nothing was
   * changed. `mode` are the permissions of a file that is new. `throughLink`: a person named this very file to edit it,
   * so that a link in a workspace is followed too.
   */
  writeAtomic(
    file: string,
    data: FileContent,
    options?: { beforeRename?: () => Promise<void>; mode?: number; throughLink?: boolean },
  ): Promise<void>;
  /** The same where no file is yet. @returns false, with nothing changed, where one is there already. */
  writeNew(file: string, data: FileContent): Promise<boolean>;
  /**
   * Appends one line (newline added) in a single write and syncs it to disk. Makes the folder where it lacks. Half a
   * line that a failed write or a power cut left is closed first, so that it takes no other with it.
   */
  appendLine(file: string, line: string): Promise<void>;
  /** Appends text without syncing: for logs, whose last lines a power cut may take. */
  appendText(file: string, text: string): Promise<void>;
  /**
   * Appends chunks as they come and syncs when they end, or when one fails: what came is kept, so that a download can
   * go on from there. Makes the folder where it lacks.
   */
  appendBytes(file: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  exists(file: string): Promise<boolean>;
  /** Copies a file or a folder; what is at `to` is the whole copy or nothing. `to` must not be there. */
  copy(from: string, to: string): Promise<void>;
  /** Renames what is on disk for certain, and the new name is. */
  rename(from: string, to: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** A symbolic link in a folder, at any depth, or the folder itself where it is one; null where there is none. */
  linkIn(folder: string): Promise<string | null>;
  makeFolder(folder: string): Promise<void>;
  remove(fileOrFolder: string): Promise<void>;
  size(file: string): Promise<number>;
  /**
   * Confines what is written below a workspace's folder to it: from now on a symbolic link on the way is a Failure
   * `bad-value`, and a folder without its `marker` (a name in it) a Failure `missing`, since the workspace is gone.
   */
  confine(folder: string, marker: string | null): Promise<void>;
  /** Throws where a write to the path would meet a link: asked before long work whose result is written there. */
  refuseLink(path: string): Promise<void>;
  /** Throws where the path is in a workspace that is gone: asked where something in it is not found. */
  refuseGone(path: string): Promise<void>;
  /** The process this layer writes for, as it stands in locks and in the names of temporary files. */
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
      // A new name for bytes that are not on disk yet would be an empty file after a power cut.
      if (!(await this.#disk.isFolder(from))) await this.#disk.syncFile(from);
      await this.#disk.rename(from, to);
      await this.#disk.syncFolder(path.dirname(to));
    });

  list = (folder: string) => explainingDisk("read", folder, () => this.#disk.list(folder));

  linkIn = (folder: string) => explainingDisk("read", folder, () => this.#linkIn(folder));

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

  /** Gives a whole file its name where nothing has it; false where something does. */
  async #nameNew(from: string, to: string): Promise<boolean> {
    try {
      await this.#disk.link(from, to);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(systemCode(error))) throw error;
    }
    // A file system without links (FAT): there is a moment between the look and the rename.
    if (await this.#disk.exists(to)) return false;
    await this.#disk.rename(from, to);
    return true;
  }

  /** Makes a folder and those above it, each made durable in the one that holds it. `named`: by the caller itself. */
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

  /** For a temporary file behind a failure: the failure is what the caller must hear of. */
  async #removeQuietly(file: string): Promise<void> {
    await this.#disk.removeFile(file).catch(() => {});
  }
}

/** Closes in any case; an error of the work goes before one of the closing. */
async function closing(file: OpenFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
}

function readOnly(file: string): Failure {
  return new Failure("missing", `permission denied: ${file} is read-only`, {
    hint: "Make the file writable and try again. Nothing was changed.",
    file,
  });
}

/** The real file system, or the one given; `identity` is the process it writes for. */
export function createFileLayer(
  primitives: Primitives = realPrimitives,
  identity: () => Promise<RunOwner> = ownIdentity,
): FileLayer {
  return new PrimitiveFileLayer(primitives, identity);
}
