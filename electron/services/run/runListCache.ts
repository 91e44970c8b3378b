import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Run, RunChanges } from "../../../shared/schema/run.ts";
import { coalesced } from "../async/coalesced.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { RunFollower } from "./runFollower.ts";
import { RunIndex, stampOf } from "./runIndex.ts";
import { isFinal } from "./runStore.ts";

/** Folders checked before yielding to other work: less than a millisecond on a local disk. */
const FOLDERS_AT_ONCE = 32;

/**
 * Lists every run of a workspace. A repeated listing only checks the size and times of each run's files and reads what
 * was appended.
 */
export class RunListCache {
  readonly #files: FileLayer;
  readonly #runsFolder: string;
  readonly #followers = new Map<string, RunFollower>();
  readonly #index: RunIndex;

  /** `index` is the file that keeps finished runs; null for none. */
  constructor(files: FileLayer, runsFolder: string, index: string | null) {
    this.#files = files;
    this.#runsFolder = runsFolder;
    this.#index = new RunIndex(files, runsFolder, index);
  }

  /**
   * Returns all runs, newest first. A folder that can't be read is skipped and named in `unreadable`. One listing at a
   * time: two readers of one follower would each get half of the new entries.
   */
  readonly list = coalesced(() => this.#read());

  async #read(): Promise<{ runs: Run[]; unreadable: string[] }> {
    const there = (await this.#files.exists(this.#runsFolder))
      ? await this.#files.list(this.#runsFolder)
      : [];
    const names = new Set(there);
    for (const name of this.#followers.keys()) if (!names.has(name)) this.#followers.delete(name);
    const runs: Run[] = [];
    const unreadable: string[] = [];
    await this.#index.load();
    this.#index.keepOnly(names);
    for (const [at, name] of there.entries()) {
      if (at % FOLDERS_AT_ONCE === 0) await breathe();
      try {
        const run = await this.#run(name);
        if (run !== null) runs.push(run);
      } catch {
        this.#followers.delete(name);
        unreadable.push(name);
      }
    }
    await this.#index.keep();
    runs.sort((one, other) => descending(one.createdAt, other.createdAt) || descending(one.id, other.id));
    return { runs, unreadable };
  }

  /** Returns the run of a folder; null when it contains none. */
  async #run(name: string): Promise<Run | null> {
    const folder = path.join(this.#runsFolder, name);
    // Taken first, so that anything written while the run is read changes the stamp of the next listing.
    const stamp = stampOf(folder);
    const ended = stamp === null ? null : this.#index.find(name, stamp);
    if (stamp === null || ended !== null) {
      this.#followers.delete(name);
      return ended;
    }
    const follower = this.#followers.get(name) ?? new RunFollower(this.#files, folder);
    this.#followers.set(name, follower);
    const run = await follower.now();
    if (isFinal(run.status)) {
      this.#index.put(name, stamp, run);
      this.#followers.delete(name);
    }
    return run;
  }
}

function descending(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? 1 : -1;
}

/** Returns what differs between two listings; null when nothing does. */
export function changesBetween(
  before: { runs: readonly Run[]; unreadable: readonly string[] },
  after: { runs: readonly Run[]; unreadable: readonly string[] },
): RunChanges | null {
  const known = new Map(before.runs.map((run) => [run.id, run]));
  const now = new Set(after.runs.map(({ id }) => id));
  const runs = after.runs.filter((run) => !isDeepStrictEqual(known.get(run.id), run));
  const removed = before.runs.map(({ id }) => id).filter((id) => !now.has(id));
  const sameFolders = isDeepStrictEqual(before.unreadable, after.unreadable);
  if (runs.length === 0 && removed.length === 0 && sameFolders) return null;
  return { whole: false, runs, removed, unreadable: [...after.unreadable] };
}
