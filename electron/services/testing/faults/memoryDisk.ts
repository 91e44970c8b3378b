import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { Random } from "../../../../shared/domain/random.ts";
import type { OpenFile, Primitives } from "../../files/primitives.ts";

type Entries = Map<string, Node>;
type Node = MemoryFile | MemoryFolder;

class MemoryFile {
  readonly kind = "file";
  mode: number;
  /** The bytes a reader sees, and those certain to survive a power cut. */
  data = new Uint8Array();
  durable = new Uint8Array();

  constructor(mode: number) {
    this.mode = mode;
  }
}

class MemoryFolder {
  readonly kind = "folder";
  /** The names a reader sees, those certain to survive a power cut, and the ordered changes between them. */
  entries: Entries = new Map();
  durable: Entries = new Map();
  pending: ((entries: Entries) => void)[] = [];
}

/** Returns an error like the system's. */
export function systemError(code: string, of: string): Error {
  return Object.assign(new Error(`${code}: ${of}`), { code });
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

/**
 * For tests: a disk in memory that knows what is durable. Bytes are durable after a sync of their file, names after a
 * sync of their folder. `cutPower` keeps a random part of the rest, as in SQLite's tests. Links and permissions aren't
 * emulated.
 */
export class MemoryDisk {
  #root = new MemoryFolder();

  #find(place: string): Node | null {
    let node: Node = this.#root;
    for (const name of place.split("/").filter((part) => part !== "")) {
      const next: Node | undefined = node.kind === "folder" ? node.entries.get(name) : undefined;
      if (next === undefined) return null;
      node = next;
    }
    return node;
  }

  #file(file: string): MemoryFile {
    const node = this.#find(file);
    if (node === null) throw systemError("ENOENT", file);
    if (node.kind === "folder") throw systemError("EISDIR", file);
    return node;
  }

  /** An open file. */
  #opened(file: string): MemoryFile {
    if (this.#find(file)?.kind === "folder")
      throw new Failure("bad-value", `${file} is a folder, not a file`, { file });
    return this.#file(file);
  }

  #folder(folder: string): MemoryFolder {
    const node = this.#find(folder);
    if (node === null) throw systemError("ENOENT", folder);
    if (node.kind === "file") throw systemError("ENOTDIR", folder);
    return node;
  }

  /** Changes the names in the folder of `place`, durable only after a sync. */
  #change(place: string, change: (entries: Entries) => void): void {
    const folder = this.#folder(path.dirname(place));
    change(folder.entries);
    folder.pending.push(change);
  }

  #add(place: string, node: Node): void {
    if (this.#find(place) !== null) throw systemError("EEXIST", place);
    this.#change(place, (entries) => entries.set(path.basename(place), node));
  }

  #open(file: MemoryFile): OpenFile {
    return {
      write: async (bytes) => {
        file.data = joined(file.data, bytes);
      },
      sync: async () => {
        file.durable = file.data;
      },
      close: async () => {},
    };
  }

  #rename(from: string, to: string): void {
    const node = this.#find(from);
    if (node === null) throw systemError("ENOENT", from);
    const there = this.#find(to);
    // POSIX keeps both names of one file.
    if (there === node) return;
    if (there?.kind === "folder" && node.kind === "file") throw systemError("EISDIR", to);
    if (there?.kind === "file" && node.kind === "folder") throw systemError("ENOTDIR", to);
    if (there?.kind === "folder" && there.entries.size > 0) throw systemError("ENOTEMPTY", to);
    if (path.dirname(from) !== path.dirname(to)) throw systemError("EXDEV", to);
    this.#change(to, (entries) => {
      entries.delete(path.basename(from));
      entries.set(path.basename(to), node);
    });
  }

  #removeFolder(folder: string): void {
    if (this.#folder(folder).entries.size > 0) throw systemError("ENOTEMPTY", folder);
    this.#change(folder, (entries) => entries.delete(path.basename(folder)));
  }

  readonly primitives: Primitives = {
    read: async (file) => this.#opened(file).data.slice(),
    readPart: async (file, start, most) => this.#opened(file).data.slice(start, start + most),
    size: async (file) => this.#file(file).data.length,
    lastByte: async (file) =>
      this.#find(file) === null ? "absent" : (this.#opened(file).data.at(-1) ?? "empty"),
    exists: async (place) => this.#find(place) !== null,
    isFolder: async (place) => this.#find(place)?.kind === "folder",
    list: async (folder) => [...this.#folder(folder).entries.keys()],
    linkTarget: async () => null,
    holdFolder: async (folder) => {
      this.#folder(folder);
      return {
        real: folder,
        at: (name) => path.join(folder, name),
        unmoved: async () => true,
        close: async () => {},
      };
    },
    target: async (file) => {
      const node = this.#find(file);
      return { path: file, mode: node?.kind === "file" ? node.mode : null };
    },
    create: async (file, mode = 0o644) => {
      const made = new MemoryFile(mode);
      this.#add(file, made);
      return this.#open(made);
    },
    openToAppend: async (file) => {
      if (this.#find(file) === null) this.#add(file, new MemoryFile(0o644));
      return this.#open(this.#opened(file));
    },
    copyFile: async (from, to) => {
      const made = new MemoryFile(this.#opened(from).mode);
      made.data = this.#opened(from).data;
      this.#add(to, made);
    },
    syncFile: async (file) => {
      const node = this.#file(file);
      node.durable = node.data;
    },
    syncFolder: async (folder) => {
      const node = this.#folder(folder);
      node.durable = new Map(node.entries);
      node.pending = [];
    },
    makeFolder: async (folder) => {
      const there = this.#find(folder);
      if (there?.kind === "file") throw systemError("EEXIST", folder);
      if (there === null) this.#add(folder, new MemoryFolder());
    },
    rename: async (from, to) => this.#rename(from, to),
    link: async (from, to) => this.#add(to, this.#file(from)),
    removeFile: async (file) => {
      this.#file(file);
      this.#change(file, (entries) => entries.delete(path.basename(file)));
    },
    removeFolder: async (folder) => this.#removeFolder(folder),
  };

  /** Cuts the power: a random part of what wasn't synced remains. */
  cutPower(random: Random): void {
    cutFolder(this.#root, random, new Set());
  }

  /** Returns a separate disk with the same content, all durable. */
  clone(): MemoryDisk {
    const disk = new MemoryDisk();
    disk.#root = cloneFolder(this.#root);
    return disk;
  }
}

function cutFolder(folder: MemoryFolder, random: Random, seen: Set<Node>): void {
  const entries = new Map(folder.durable);
  const kept = Math.floor(random.next() * (folder.pending.length + 1));
  for (const change of folder.pending.slice(0, kept)) change(entries);
  folder.entries = entries;
  folder.durable = new Map(entries);
  folder.pending = [];
  for (const node of entries.values()) {
    // Two names of one file lose the same bytes.
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === "folder") cutFolder(node, random, seen);
    else cutFile(node, random);
  }
}

/** Keeps some of the bytes after the last sync; sometimes the file keeps its length with zeros for the rest. */
function cutFile(file: MemoryFile, random: Random): void {
  const tail = file.data.slice(file.durable.length);
  const kept = Math.floor(random.next() * (tail.length + 1));
  const zeros = random.next() < 0.25;
  file.data = joined(file.durable, zeros ? tail.fill(0, kept) : tail.slice(0, kept));
  file.durable = file.data;
}

function cloneFolder(folder: MemoryFolder): MemoryFolder {
  const copy = new MemoryFolder();
  for (const [name, node] of folder.entries) {
    if (node.kind === "folder") copy.entries.set(name, cloneFolder(node));
    else {
      const file = new MemoryFile(node.mode);
      file.data = node.data;
      file.durable = node.data;
      copy.entries.set(name, file);
    }
  }
  copy.durable = new Map(copy.entries);
  return copy;
}
