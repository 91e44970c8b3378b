import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Run, RunChanges } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { RunFollower } from "./runFollower.ts";
import { runFiles } from "./runStore.ts";

/** Every run of a workspace. Looking again costs a look at each journal's size, and reading what was appended. */
export class RunShelf {
  readonly #files: FileLayer;
  readonly #runsFolder: string;
  readonly #followers = new Map<string, RunFollower>();
  /** One look at a time: two readers of one follower would each get half of what is new. */
  #looking: Promise<{ runs: Run[]; unreadable: string[] }> | null = null;

  constructor(files: FileLayer, runsFolder: string) {
    this.#files = files;
    this.#runsFolder = runsFolder;
  }

  /** All runs, newest first. A folder that cannot be read is left out and named in `unreadable`. */
  list(): Promise<{ runs: Run[]; unreadable: string[] }> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<{ runs: Run[]; unreadable: string[] }> {
    const there = (await this.#files.exists(this.#runsFolder))
      ? await this.#files.list(this.#runsFolder)
      : [];
    const names = new Set(there);
    for (const name of this.#followers.keys()) if (!names.has(name)) this.#followers.delete(name);
    const runs: Run[] = [];
    const unreadable: string[] = [];
    for (const name of names) {
      const folder = path.join(this.#runsFolder, name);
      try {
        const run = await this.#run(name, folder);
        if (run !== null) runs.push(run);
      } catch {
        this.#followers.delete(name);
        unreadable.push(name);
      }
    }
    runs.sort((one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id));
    return { runs, unreadable };
  }

  /** A run of the folder; null where it is none, or is one no more. */
  async #run(name: string, folder: string): Promise<Run | null> {
    if (!(await this.#files.exists(runFiles(folder).record))) {
      this.#followers.delete(name);
      return null;
    }
    const follower = this.#followers.get(name) ?? new RunFollower(this.#files, folder);
    this.#followers.set(name, follower);
    return follower.now();
  }
}

/** What differs between two looks at all runs; null where nothing does. */
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
