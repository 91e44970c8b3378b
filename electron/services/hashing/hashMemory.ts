import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { FileLayer } from "../files/fileLayer.ts";
import { fileState, sha256, sha256OfFile } from "./hashing.ts";

/** Smaller files, in bytes, are hashed faster than it is worth to remember them. */
const fewestBytes = 64e6;
/**
 * How old the last change of a file must be, in milliseconds, before its times prove that it hasn't changed since. File
 * systems record times in steps of up to 2 s.
 */
const settledMs = 2000;

const HashFileSchema = z.strictObject({ path: z.string(), state: z.string(), sha256: z.string() });

export interface HashMemoryOptions {
  readonly files: Pick<FileLayer, "readText" | "writeAtomic">;
  /** The program's own folder for this user. Nobody else writes there, so its hashes can be trusted. */
  readonly userData: string;
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  readonly fewestBytes?: number;
}

/** Hashes of large files that survive the process. */
export interface HashMemory {
  /** Returns the sha256 of a file. Reads an unchanged large file once, also across starts of the program. */
  sha256OfFile(file: string): Promise<string>;
}

/**
 * Creates a memory of hashes in the program's own folder, one file per hashed file. A remembered hash counts only for the
 * same real path with the same device, inode, size, mtime and ctime. It is never read from beside the hashed file, where
 * another program could have written it.
 */
export function createHashMemory(options: HashMemoryOptions): HashMemory {
  const { files, userData, now = Date.now, wait = sleep } = options;
  const smallest = options.fewestBytes ?? fewestBytes;

  async function remembered(memory: string, place: string, state: string): Promise<string | null> {
    try {
      const known = HashFileSchema.parse(JSON.parse(await files.readText(memory)));
      return known.path === place && known.state === state ? known.sha256 : null;
    } catch {
      // Missing or damaged: the file is hashed and remembered again.
      return null;
    }
  }

  /** Waits until a file that was just written is old enough. Returns whether its times prove that it is unchanged. */
  async function settled(file: string): Promise<boolean> {
    const age = now() - (await stat(file)).ctimeMs;
    if (age >= settledMs) return true;
    // A time in the future comes from another clock.
    if (age < 0) return false;
    await wait(settledMs - age);
    return true;
  }

  return {
    async sha256OfFile(file) {
      const place = await realpath(file);
      if ((await stat(place)).size < smallest) return sha256OfFile(place);
      const memory = path.join(userData, "hashes", `${sha256(place).slice(0, 32)}.json`);
      const isSettled = await settled(place);
      const state = await fileState(place);
      const known = await remembered(memory, place, state);
      if (known !== null) return known;
      const sum = await sha256OfFile(place);
      if (isSettled && (await fileState(place)) === state) {
        const entry: z.infer<typeof HashFileSchema> = { path: place, state, sha256: sum };
        // An unwritable folder only costs the next start some seconds.
        await files.writeAtomic(memory, `${JSON.stringify(entry)}\n`).catch(() => undefined);
      }
      return sum;
    },
  };
}
