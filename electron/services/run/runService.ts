import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import type { JournalEntry, Run, RunKind } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type Journal, JournalWriter, readJournal } from "./journal.ts";
import { ownIdentity } from "./processIdentity.ts";
import type { RunContext, RunKindDefinition } from "./runKind.ts";
import { isFinal, listRuns, type RunRecord, readRun, runFiles } from "./runStore.ts";

/** How often the owner looks for a request to cancel and a reader for new journal lines, in milliseconds. */
const pollMs = 150;

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
  /** Entries after `fromSeq`, as they are written, until the run has ended or nobody writes it any more. */
  watch(id: string, fromSeq: number, signal?: AbortSignal): AsyncIterable<JournalEntry>;
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
}): RunService {
  const { files, runsFolder } = options;
  const now = options.now ?? (() => new Date());
  const kinds = new Map<RunKind, AnyKind>(options.kinds.map((kind) => [kind.kind, kind]));
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

  /** Watches for the `cancel` file another process may create. Ends with the run. */
  async function watchForCancel(
    file: string,
    controller: AbortController,
    ended: AbortSignal,
  ): Promise<void> {
    while (!ended.aborted && !controller.signal.aborted) {
      if (await files.exists(file)) controller.abort(new Failure("cancelled", "cancelled on request"));
      await wait(pollMs, undefined, { ref: false });
    }
  }

  async function perform(
    kind: AnyKind,
    record: RunRecord,
    folder: string,
    writer: JournalWriter,
    controller: AbortController,
    journal: Journal,
  ): Promise<unknown> {
    const at = runFiles(folder);
    const ended = new AbortController();
    const watching = watchForCancel(at.cancel, controller, ended.signal);
    let logged: Promise<void> = Promise.resolve();
    const context: RunContext = {
      runId: record.id,
      folder,
      emit: (event) => writer.append(event),
      signal: controller.signal,
      previous: journal.entries,
      log: (text) => {
        logged = logged.then(() => files.appendText(at.log, text)).catch(() => {});
      },
    };
    try {
      if (journal.skipped.length > 0) {
        const lines = journal.skipped.join(", ");
        await writer.append({
          kind: "warning",
          code: "journal-skipped",
          message: `lines ${lines} of events.jsonl could not be read and were skipped`,
        });
      }
      await writer.append({ kind: "status", status: "running" });
      const result = kind.result.parse(await kind.body(record.spec, context));
      await writer.append({ kind: "result", data: result });
      await writer.append({ kind: "status", status: "succeeded" });
      return result;
    } catch (error) {
      const cancelled = controller.signal.aborted;
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Failure)) context.log(`${error instanceof Error ? error.stack : message}\n`);
      await writer.append({
        kind: "status",
        status: cancelled ? "cancelled" : "failed",
        reason: message,
        ...(cancelled ? {} : { failure: failureDetail(error) }),
      });
      if (cancelled) {
        throw new Failure("cancelled", `run ${record.id} was cancelled`, {
          hint: `Go on with: namewright runs resume ${record.id}`,
          cause: error,
        });
      }
      throw error;
    } finally {
      ended.abort();
      await watching;
      await logged;
      await files.remove(at.cancel);
      owned.delete(record.id);
    }
  }

  async function own(record: RunRecord, folder: string): Promise<StartedRun> {
    const at = runFiles(folder);
    const kind = kindOf(record.kind);
    await files.writeAtomic(at.owner, `${JSON.stringify(await ownIdentity(), null, 2)}\n`);
    const journal = await readJournal(files, at.journal);
    const writer = new JournalWriter({ files, file: at.journal, journal, now, onEntry: () => {} });
    await writer.append({ kind: "status", status: "queued" });
    const controller = new AbortController();
    const result = perform(kind, record, folder, writer, controller, journal);
    // The caller may only want to watch: a failure is in the journal, it must not end the process.
    result.catch(() => {});
    owned.set(record.id, { controller, result });
    return { run: (await readRun(files, folder)).run, result };
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
      await files.writeAtomic(runFiles(folder).record, `${JSON.stringify(record, null, 2)}\n`);
      return own(record, folder);
    },

    async resume(id) {
      const folder = await folderOf(id);
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

    list: () => listRuns(files, runsFolder),

    async show(id) {
      const { run, journal } = await readRun(files, await folderOf(id));
      return { run, journal, result: resultOf(journal) };
    },

    async *watch(id, fromSeq, signal) {
      const folder = await folderOf(id);
      let seen = fromSeq;
      while (signal?.aborted !== true) {
        const { run, journal } = await readRun(files, folder);
        for (const entry of journal.entries) {
          if (entry.seq <= seen) continue;
          seen = entry.seq;
          yield entry;
        }
        if (isFinal(run.status) || run.status === "interrupted") return;
        await wait(pollMs);
      }
    },

    async stopAll() {
      const running = [...owned.values()];
      for (const { controller } of running)
        controller.abort(new Failure("cancelled", "the program is closing"));
      await Promise.allSettled(running.map(({ result }) => result));
    },
  };
}
