import path from "node:path";
import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import type { Run, RunArtifacts, RunChanges, RunLog, RunPage } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Journal } from "./journal.ts";
import { listArtifacts, readLogEnd } from "./runFolder.ts";
import { RunFollower } from "./runFollower.ts";
import { RunListCache } from "./runListCache.ts";
import { readRun, runFiles } from "./runStore.ts";
import { type WatchOptions, watchChanges, watchPages } from "./runWatch.ts";

/** What any process can read about a workspace's runs, whoever owns them. */
export interface RunReader {
  list(): Promise<{ runs: Run[]; unreadable: string[] }>;
  show(id: string): Promise<{ run: Run; result: unknown; journal: Journal }>;
  /** Yields entries after `fromSeq` in pages as they are written, until the run ends or has no owner. */
  watch(id: string, fromSeq: number, options?: WatchOptions): AsyncIterable<RunPage>;
  /** Yields every run first, then changes, at most once a second, until the signal. */
  watchAll(options: WatchOptions): AsyncIterable<RunChanges>;
  /** Returns the end of the run's log, at most `bytes` bytes. */
  log(id: string, bytes: number): Promise<RunLog>;
  artifacts(id: string): Promise<RunArtifacts>;
}

function resultOf(journal: Journal): unknown {
  for (let index = journal.entries.length - 1; index >= 0; index -= 1) {
    const event = journal.entries[index]?.event;
    if (event?.kind === "result") return event.data;
  }
  return null;
}

/** Returns the folder of a run. @throws Failure `bad-value` for an unknown ID. */
export async function folderOfRun(files: FileLayer, runsFolder: string, id: string): Promise<string> {
  const folder = path.join(runsFolder, id);
  if (path.dirname(folder) !== path.normalize(runsFolder) || !(await files.exists(runFiles(folder).record))) {
    await files.refuseGone(folder);
    throw new Failure("bad-value", `run ${JSON.stringify(id)} not found in ${runsFolder}`, {
      hint: "`namewright runs list` shows the runs of this workspace.",
    });
  }
  return folder;
}

/** Creates a reader. `index` is the file that keeps finished runs; null for none. */
export function createRunReader(files: FileLayer, runsFolder: string, index: string | null): RunReader {
  const folderOf = (id: string) => folderOfRun(files, runsFolder, id);
  const listing = new RunListCache(files, runsFolder, index);
  return {
    list: () => listing.list(),
    async show(id) {
      const { run, journal } = await readRun(files, await folderOf(id));
      return { run, journal, result: resultOf(journal) };
    },
    async *watch(id, fromSeq, options = {}) {
      yield* watchPages(new RunFollower(files, await folderOf(id)), fromSeq, options);
    },
    watchAll: (options) => watchChanges(listing, options),
    log: async (id, bytes) => readLogEnd(files, await folderOf(id), bytes),
    artifacts: async (id) => listArtifacts(await folderOf(id)),
  };
}

/** Follows a run that another process owns and returns its result. @throws the Failure that ended it. */
export async function resultElsewhere(reader: RunReader, id: string): Promise<unknown> {
  const pages = reader.watch(id, 0)[Symbol.asyncIterator]();
  while (!(await pages.next()).done);
  const { run, result } = await reader.show(id);
  if (run.status === "succeeded") return result;
  if (run.failure !== null) throw failureFrom(run.failure);
  throw new Failure("cancelled", `run ${id} is ${run.status}`, {
    hint: `Resume it with \`namewright runs resume ${id}\`.`,
  });
}
