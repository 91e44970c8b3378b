import type { Random } from "../../../../shared/domain/random.ts";
import type { OpenFile, Primitives } from "../../files/primitives.ts";
import { systemError } from "./memoryDisk.ts";

/** What happens at the Nth operation: one error, errors from then on, or the end of the process. */
export type Fault =
  | { readonly kind: "once"; readonly code: "ENOSPC" | "EIO" | "EACCES" | "EMFILE" }
  | { readonly kind: "disk-full" }
  | { readonly kind: "death" };

/** Thrown by every operation after the process has died: nothing more reaches the disk. */
export class SimulatedCrash extends Error {
  override readonly name = "SimulatedCrash";
}

const allocating = ["write", "create", "openToAppend", "copyFile", "makeFolder", "link"];

/** For tests: a disk that fails its Nth operation and counts them. `at` 0: none fails. */
export class FaultyDisk {
  /** Operations so far, by name, in order. */
  readonly operations: string[] = [];
  readonly primitives: Primitives;
  readonly #at: number;
  readonly #fault: Fault;
  readonly #random: Random;
  #dead = false;

  constructor(disk: Primitives, at: number, fault: Fault, random: Random) {
    this.#at = at;
    this.#fault = fault;
    this.#random = random;
    this.primitives = this.#wrap(disk);
  }

  /** Throws when this operation must fail. */
  #step(operation: string): void {
    if (this.#dead) throw new SimulatedCrash("the process has died");
    this.operations.push(operation);
    const now = this.operations.length;
    if (this.#at === 0 || now < this.#at) return;
    const fault = this.#fault;
    if (fault.kind === "disk-full") {
      if (allocating.includes(operation)) throw systemError("ENOSPC", operation);
    } else if (now === this.#at) {
      if (fault.kind === "once") throw systemError(fault.code, operation);
      this.#dead = true;
      throw new SimulatedCrash(`died at operation ${now}, ${operation}`);
    }
  }

  #wrap(disk: Primitives): Primitives {
    const opening =
      <Words extends unknown[]>(name: string, open: (...words: Words) => Promise<OpenFile>) =>
      async (...words: Words) => {
        this.#step(name);
        return this.#wrapFile(await open(...words));
      };
    const before =
      <Words extends unknown[], Value>(name: string, work: (...words: Words) => Promise<Value>) =>
      async (...words: Words) => {
        this.#step(name);
        return work(...words);
      };
    return {
      read: before("read", disk.read),
      readPart: before("readPart", disk.readPart),
      size: before("size", disk.size),
      lastByte: before("lastByte", disk.lastByte),
      exists: before("exists", disk.exists),
      isFolder: before("isFolder", disk.isFolder),
      list: before("list", disk.list),
      // The confinement's checks just before an operation fail in the same place, so they aren't counted.
      linkTarget: disk.linkTarget,
      holdFolder: disk.holdFolder,
      target: before("target", disk.target),
      create: opening("create", disk.create),
      openToAppend: opening("openToAppend", disk.openToAppend),
      copyFile: before("copyFile", disk.copyFile),
      syncFile: before("syncFile", disk.syncFile),
      syncFolder: before("syncFolder", disk.syncFolder),
      makeFolder: before("makeFolder", disk.makeFolder),
      rename: before("rename", disk.rename),
      link: before("link", disk.link),
      removeFile: before("removeFile", disk.removeFile),
      removeFolder: before("removeFolder", disk.removeFolder),
    };
  }

  #wrapFile(file: OpenFile): OpenFile {
    return {
      write: async (bytes) => {
        const alive = !this.#dead;
        try {
          this.#step("write");
        } catch (error) {
          // A failed write has often written a part.
          if (alive) await file.write(bytes.slice(0, Math.floor(this.#random.next() * (bytes.length + 1))));
          throw error;
        }
        await file.write(bytes);
      },
      sync: async () => {
        this.#step("sync");
        await file.sync();
      },
      close: async () => {
        // The system closes files even after an error, and those of a dead process.
        await file.close();
        this.#step("close");
      },
    };
  }
}
