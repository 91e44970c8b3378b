import { statSync } from "node:fs";
import path from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { type Run, RunSchema } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { sealedLine, unsealedLine } from "./journal.ts";
import { runFiles } from "./runStore.ts";

/** Finished runs only: the status of any other run depends on whether its owner is alive. */
const LineSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  stamp: z.string(),
  run: RunSchema.omit({ folder: true }).extend({
    status: RunSchema.shape.status.extract(["succeeded", "failed", "cancelled"]),
  }),
});

/** Changes with the files of a finished run. `bytes` is the size of its journal. */
export interface RunStamp {
  readonly key: string;
  readonly bytes: number;
}

function stampOfFile(file: string): RunStamp | null {
  try {
    const { size, mtimeNs, ctimeNs, ino } = statSync(file, { bigint: true });
    return { key: `${size} ${mtimeNs} ${ctimeNs} ${ino}`, bytes: Number(size) };
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/**
 * Returns the stamp of a run's folder; null when it contains no run. Synchronous, because each listing checks every
 * folder and a promise takes five times as long as the check.
 */
export function stampOf(folder: string): RunStamp | null {
  const { record, journal } = runFiles(folder);
  const one = stampOfFile(record);
  if (one === null) return null;
  const other = stampOfFile(journal);
  return { key: `${one.key}, ${other?.key ?? "none"}`, bytes: other?.bytes ?? 0 };
}

/** Returns the path of a workspace's run index; null for the read-only sample. */
export function runIndexOf({ sample, paths }: Pick<Workspace, "sample" | "paths">): string | null {
  return sample ? null : path.join(paths.state, "index", "runs.jsonl");
}

/** The index is written when its missing runs have this many bytes of journals. */
const WORTH_WRITING = 1_000_000;
/** The cost of opening a run's files, expressed in bytes of its journal. */
const OPENING = 20_000;
/** Lines parsed or written before yielding to other work: a few milliseconds. */
const LINES_AT_ONCE = 100;

/**
 * Keeps the finished runs of a workspace in memory and in a file, so that a listing doesn't read their journals. The
 * file is disposable: an entry counts only for the exact files it was made from.
 */
export class RunIndex {
  readonly #files: FileLayer;
  readonly #runsFolder: string;
  /** Null: kept in memory only. */
  readonly #file: string | null;
  readonly #known = new Map<string, { readonly stamp: string; readonly run: Run }>();
  #loaded = false;
  #unwritten = 0;

  constructor(files: FileLayer, runsFolder: string, file: string | null) {
    this.#files = files;
    this.#runsFolder = runsFolder;
    this.#file = file;
  }

  /** Reads the file once. If it is missing or damaged, the journals are read instead. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const text = this.#file === null ? "" : await this.#files.readText(this.#file).catch(() => "");
    for (const [at, line] of text.split("\n").entries()) {
      if (at % LINES_AT_ONCE === 0) await breathe();
      const { data } = LineSchema.safeParse(unsealedLine(line));
      if (data === undefined) continue;
      // Derived from the current runs folder, because a workspace may have been moved.
      const run = { ...data.run, folder: path.join(this.#runsFolder, data.name) };
      this.#known.set(data.name, { stamp: data.stamp, run });
    }
  }

  /** Returns the finished run of a folder; null when its files changed since the entry was made. */
  find(name: string, { key }: RunStamp): Run | null {
    const known = this.#known.get(name);
    return known?.stamp === key ? known.run : null;
  }

  /** Adds a finished run. The stamp must be taken before the run is read. */
  put(name: string, { key, bytes }: RunStamp, run: Run): void {
    this.#known.set(name, { stamp: key, run });
    this.#unwritten += bytes + OPENING;
  }

  /** Forgets runs that no longer exist. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
  }

  /** Writes the file when enough runs are missing from it. */
  async keep(): Promise<void> {
    if (this.#file === null || this.#unwritten < WORTH_WRITING) return;
    this.#unwritten = 0;
    // An unwritable folder only costs the next start time.
    await this.#files.writeAtomic(this.#file, this.#lines()).catch(() => {});
  }

  async *#lines(): AsyncGenerator<Uint8Array> {
    const all = [...this.#known];
    for (let at = 0; at < all.length; at += LINES_AT_ONCE) {
      const some = all.slice(at, at + LINES_AT_ONCE);
      const lines = some.map(
        ([
          name,
          {
            stamp,
            run: { folder: _, ...run },
          },
        ]) => {
          return `${sealedLine({ version: 1, name, stamp, run })}\n`;
        },
      );
      yield Buffer.from(lines.join(""));
    }
  }
}
