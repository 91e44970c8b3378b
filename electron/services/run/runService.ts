import { randomBytes } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Run, RunChanges, RunKind, RunPage } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunNotice } from "../platform.ts";
import { perform } from "./attempt.ts";
import { type Journal, JournalWriter, readJournal } from "./journal.ts";
import { RunFollower } from "./runFollower.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { noticesOf } from "./runNotices.ts";
import { RunShelf } from "./runShelf.ts";
import { isFinal, type RunRecord, readRun, runFiles } from "./runStore.ts";
import { type WatchOptions, watchChanges, watchPages } from "./watching.ts";

/** A kind with its types forgotten: the service only moves specs and results through their schemas. */
// biome-ignore lint/suspicious/noExplicitAny: a heterogeneous registry; each entry parses its own spec and result.
type AnyKind = RunKindDefinition<any, any>;

export interface StartedRun {
  readonly run: Run;
  /** The run's result. Rejects with the Failure that ended it. */
  readonly result: Promise<unknown>;
}

export interface RunService {
  start(kind: RunKind, spec: unknown, options?: { parentId?: string }): Promise<StartedRun>;
  resume(id: string): Promise<StartedRun>;
  cancel(id: string): Promise<Run>;
  list(): Promise<{ runs: Run[]; unreadable: string[] }>;
  show(id: string): Promise<{ run: Run; result: unknown; journal: Journal }>;
  /** Entries after `fromSeq` in pages, as they are written, until the run has ended or nobody writes it any more. */
  watch(id: string, fromSeq: number, options?: WatchOptions): AsyncIterable<RunPage>;
  /** Every run at first, then what changed among them, at most once a second, until the signal. */
  watchAll(options: WatchOptions): AsyncIterable<RunChanges>;
  /** Cancels every run this process owns and waits until they have stopped. */
  stopAll(): Promise<void>;
}

function newId(now: Date, kind: RunKind): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${stamp}-${kind}-${randomBytes(2).toString("hex")}`;
}

function resultOf(journal: Journal): unknown {
  for (let index = journal.entries.length - 1; index >= 0; index -= 1) {
    const event = journal.entries[index]?.event;
    if (event?.kind === "result") return event.data;
  }
  return null;
}

/** Runs long work and keeps its journal, which is the truth: every interface only reads it. */
export function createRunService(options: {
  files: FileLayer;
  runsFolder: string;
  kinds: readonly AnyKind[];
  now?: () => Date;
  /** Runs a body as the one among all processes that starts or resumes a run; without it, only this process does. */
  exclusively?: <T>(purpose: string, body: () => Promise<T>) => Promise<T>;
  /** Hears of every change of status and progress of the runs that this process owns. */
  onRun?: (run: RunNotice["run"]) => void;
}): RunService {
  const { files, runsFolder } = options;
  const exclusively = options.exclusively ?? ((_purpose, body) => body());
  const now = options.now ?? (() => new Date());
  const kinds = new Map<RunKind, AnyKind>(options.kinds.map((kind) => [kind.kind, kind]));
  const shelf = new RunShelf(files, runsFolder);
  const owned = new Map<string, { controller: AbortController; result: Promise<unknown> }>();

  function kindOf(name: RunKind): AnyKind {
    const kind = kinds.get(name);
    if (kind === undefined) throw new Error(`no run kind ${name} is registered`);
    return kind;
  }

  async function folderOf(id: string): Promise<string> {
    const folder = path.join(runsFolder, id);
    if (
      path.dirname(folder) !== path.normalize(runsFolder) ||
      !(await files.exists(runFiles(folder).record))
    ) {
      throw new Failure("bad-value", `there is no run ${JSON.stringify(id)} in ${runsFolder}`, {
        hint: "`namewright runs list` shows the runs of this workspace.",
      });
    }
    return folder;
  }

  /** Makes this process the run's owner; for the holder of the lock, so that two never own one run. */
  async function own(record: RunRecord, folder: string): Promise<StartedRun> {
    const at = runFiles(folder);
    const kind = kindOf(record.kind);
    const journal = await readJournal(files, at.journal);
    await files.writeAtomic(at.owner, `${JSON.stringify(await files.identity(), null, 2)}\n`);
    const onEntry = noticesOf(record, options.onRun ?? (() => {}));
    const writer = new JournalWriter({ files, file: at.journal, journal, now, onEntry });
    try {
      await writer.append({ kind: "status", status: "queued" });
    } catch (error) {
      await files.remove(at.owner).catch(() => {});
      throw error;
    }
    const controller = new AbortController();
    const { result: schema, body } = kind;
    const attempt = {
      files,
      record,
      folder,
      writer,
      controller,
      journal,
      result: schema,
      body: body.bind(kind),
    };
    const result = perform(attempt).finally(() => owned.delete(record.id));
    // The caller may only want to watch: a failure is in the journal, it must not end the process.
    result.catch(() => {});
    owned.set(record.id, { controller, result });
    return { run: (await readRun(files, folder)).run, result };
  }

  async function resume(id: string, folder: string): Promise<StartedRun> {
    const { run } = await readRun(files, folder);
    if (run.status === "succeeded") {
      throw new Failure("bad-value", `run ${id} has succeeded: there is nothing to resume`, {
        hint: `\`namewright runs show ${id}\` shows its result.`,
      });
    }
    if (!isFinal(run.status) && run.status !== "interrupted") {
      throw new Failure("bad-value", `run ${id} is ${run.status} in another process`, {
        hint: `\`namewright runs watch ${id}\` follows it.`,
      });
    }
    await files.remove(runFiles(folder).cancel);
    const { id: runId, kind, title, parentId, createdAt, spec } = run;
    return own({ id: runId, kind, title, parentId, createdAt, spec }, folder);
  }

  return {
    async start(name, spec, { parentId } = {}) {
      const kind = kindOf(name);
      const parsed = kind.spec.safeParse(spec);
      if (!parsed.success) {
        throw new Failure(
          "bad-value",
          `the spec of the ${name} run is wrong: ${z.prettifyError(parsed.error)}`,
          {
            hint: `\`namewright schema ${name}\` prints the shape.`,
          },
        );
      }
      const at = now();
      const record: RunRecord = {
        id: newId(at, name),
        kind: name,
        title: kind.title(parsed.data),
        parentId: parentId ?? null,
        createdAt: at.toISOString(),
        spec: parsed.data,
      };
      const folder = path.join(runsFolder, record.id);
      return exclusively(`start ${record.id}`, async () => {
        await files.writeAtomic(runFiles(folder).record, `${JSON.stringify(record, null, 2)}\n`);
        return own(record, folder);
      });
    },

    async resume(id) {
      const folder = await folderOf(id);
      return exclusively(`resume ${id}`, () => resume(id, folder));
    },

    async cancel(id) {
      const folder = await folderOf(id);
      const { run } = await readRun(files, folder);
      if (isFinal(run.status) || run.status === "interrupted") {
        throw new Failure("bad-value", `run ${id} is ${run.status}: there is nothing to cancel`, {
          hint: "`namewright runs list` shows what is running.",
        });
      }
      await files.writeAtomic(runFiles(folder).cancel, "");
      return run;
    },

    list: () => shelf.list(),

    async show(id) {
      const { run, journal } = await readRun(files, await folderOf(id));
      return { run, journal, result: resultOf(journal) };
    },

    async *watch(id, fromSeq, options = {}) {
      yield* watchPages(new RunFollower(files, await folderOf(id)), fromSeq, options);
    },

    watchAll: (options) => watchChanges(shelf, options),

    async stopAll() {
      const running = [...owned.values()];
      for (const { controller } of running)
        controller.abort(new Failure("cancelled", "the program is closing"));
      await Promise.allSettled(running.map(({ result }) => result));
    },
  };
}
