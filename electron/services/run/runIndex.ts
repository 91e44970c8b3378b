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

/** Ended runs only: of any other, its owner decides the status, at the moment it is asked for. */
const LineSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  stamp: z.string(),
  run: RunSchema.omit({ folder: true }).extend({
    status: RunSchema.shape.status.extract(["succeeded", "failed", "cancelled"]),
  }),
});

/** What changes with the files that an ended run is read from. `bytes`: the size of its journal. */
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
 * The stamp of a run's folder; null where it holds no run. Synchronous: every folder is looked at again for each
 * listing, and a promise takes five times as long as the look itself.
 */
export function stampOf(folder: string): RunStamp | null {
  const { record, journal } = runFiles(folder);
  const one = stampOfFile(record);
  if (one === null) return null;
  const other = stampOfFile(journal);
  return { key: `${one.key}, ${other?.key ?? "none"}`, bytes: other?.bytes ?? 0 };
}

/** Where a workspace keeps it; null: nothing is written to the sample. */
export function runIndexOf({ sample, paths }: Pick<Workspace, "sample" | "paths">): string | null {
  return sample ? null : path.join(paths.state, "index", "runs.jsonl");
}

/** The index is written when the runs it lacks take this long to read, in bytes of journals. */
const WORTH_WRITING = 1_000_000;
/** What it takes to open a run's files, as bytes of its journal. */
const OPENING = 20_000;
/** Lines that are parsed or written before others get their turn: a few milliseconds. */
const LINES_AT_ONCE = 100;

/**
 * The ended runs of a workspace, in memory and in a file beside it, so that a listing need not read their journals. It
 * is disposable: an entry counts only for the very files it was made from, and the file only saves time.
 */
export class RunIndex {
  readonly #files: FileLayer;
  readonly #runsFolder: string;
  /** Null: in memory only. */
  readonly #file: string | null;
  readonly #known = new Map<string, { readonly stamp: string; readonly run: Run }>();
  #loaded = false;
  #unwritten = 0;

  constructor(files: FileLayer, runsFolder: string, file: string | null) {
    this.#files = files;
    this.#runsFolder = runsFolder;
    this.#file = file;
  }

  /** Reads the file, once. One that is missing or damaged costs the reading of the journals, no more. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const text = this.#file === null ? "" : await this.#files.readText(this.#file).catch(() => "");
    for (const [at, line] of text.split("\n").entries()) {
      if (at % LINES_AT_ONCE === 0) await breathe();
      const { data } = LineSchema.safeParse(unsealedLine(line));
      if (data === undefined) continue;
      // Where the folder is decides its place: a workspace may have been moved.
      const run = { ...data.run, folder: path.join(this.#runsFolder, data.name) };
      this.#known.set(data.name, { stamp: data.stamp, run });
    }
  }

  /** The run of a folder, where it has ended and its files are still those that the entry was made from. */
  find(name: string, { key }: RunStamp): Run | null {
    const known = this.#known.get(name);
    return known?.stamp === key ? known.run : null;
  }

  /** `stamp`: taken before the run was read. */
  put(name: string, { key, bytes }: RunStamp, run: Run): void {
    this.#known.set(name, { stamp: key, run });
    this.#unwritten += bytes + OPENING;
  }

  /** Forgets the runs that are no longer there. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.#known.keys()) if (!names.has(name)) this.#known.delete(name);
  }

  /** Writes the file where that is worth it. */
  async keep(): Promise<void> {
    if (this.#file === null || this.#unwritten < WORTH_WRITING) return;
    this.#unwritten = 0;
    // A folder that cannot be written costs the next start its time, no more.
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
