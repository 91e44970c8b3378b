import path from "node:path";
import { Failure, failureFrom } from "../../../shared/domain/failure.ts";
import type { Run, RunArtifacts, RunChanges, RunLog, RunPage } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Journal } from "./journal.ts";
import { listArtifacts, readLogEnd } from "./runFolder.ts";
import { RunFollower } from "./runFollower.ts";
import { RunShelf } from "./runShelf.ts";
import { readRun, runFiles } from "./runStore.ts";
import { type WatchOptions, watchChanges, watchPages } from "./runWatch.ts";

/** What any process can read of a workspace's runs, its own and others'. */
export interface RunReader {
  list(): Promise<{ runs: Run[]; unreadable: string[] }>;
  show(id: string): Promise<{ run: Run; result: unknown; journal: Journal }>;
  /** Entries after `fromSeq` in pages, as they are written, until the run has ended or nobody has it in hand any more. */
  watch(id: string, fromSeq: number, options?: WatchOptions): AsyncIterable<RunPage>;
  /** Every run at first, then what changed among them, at most once a second, until the signal. */
  watchAll(options: WatchOptions): AsyncIterable<RunChanges>;
  /** The end of its log, `bytes` of it at most. */
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

/** The folder of a run. @throws Failure where there is none of that id. */
export async function folderOfRun(files: FileLayer, runsFolder: string, id: string): Promise<string> {
  const folder = path.join(runsFolder, id);
  if (path.dirname(folder) !== path.normalize(runsFolder) || !(await files.exists(runFiles(folder).record))) {
    await files.refuseGone(folder);
    throw new Failure("bad-value", `there is no run ${JSON.stringify(id)} in ${runsFolder}`, {
      hint: "`namewright runs list` shows the runs of this workspace.",
    });
  }
  return folder;
}

/** `index`: the file that keeps the runs that have ended; null: none does. */
export function createRunReader(files: FileLayer, runsFolder: string, index: string | null): RunReader {
  const folderOf = (id: string) => folderOfRun(files, runsFolder, id);
  const shelf = new RunShelf(files, runsFolder, index);
  return {
    list: () => shelf.list(),
    async show(id) {
      const { run, journal } = await readRun(files, await folderOf(id));
      return { run, journal, result: resultOf(journal) };
    },
    async *watch(id, fromSeq, options = {}) {
      yield* watchPages(new RunFollower(files, await folderOf(id)), fromSeq, options);
    },
    watchAll: (options) => watchChanges(shelf, options),
    log: async (id, bytes) => readLogEnd(files, await folderOf(id), bytes),
    artifacts: async (id) => listArtifacts(await folderOf(id)),
  };
}

/** Follows a run that another process has in hand to its result. @throws the Failure that ended it. */
export async function resultElsewhere(reader: RunReader, id: string): Promise<unknown> {
  const pages = reader.watch(id, 0)[Symbol.asyncIterator]();
  while (!(await pages.next()).done);
  const { run, result } = await reader.show(id);
  if (run.status === "succeeded") return result;
  if (run.failure !== null) throw failureFrom(run.failure);
  throw new Failure("cancelled", `run ${id} is ${run.status}`, {
    hint: `Go on with: namewright runs resume ${id}`,
  });
}
