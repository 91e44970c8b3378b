import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import type { JournalEntry, Run, RunKind } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunNotice } from "../platform.ts";
import { perform } from "./attempt.ts";
import { JournalWriter, readJournal } from "./journal.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { RunNotices } from "./runNotices.ts";
import { createRunReader, folderOfRun, type RunReader, resultElsewhere } from "./runReader.ts";
import type { Kept } from "./runRemoval.ts";
import { createRunRequests, type RunRequests } from "./runRequests.ts";
import { type RunRecord, readRun, runFiles, type StoredRun } from "./runStore.ts";

/** Interval in milliseconds, and maximum number, of checks whether a process has released the run that it stops. */
const [lettingGoMs, lettingGoLooks] = [50, 100];

/** A kind without its types: the service only passes specs and results through their schemas. */
// biome-ignore lint/suspicious/noExplicitAny: a heterogeneous registry; each entry parses its own spec and result.
type AnyKind = RunKindDefinition<any, any>;

interface StartedRun {
  readonly run: Run;
  /** The run's result. Rejects with the Failure that ended it. */
  readonly result: Promise<unknown>;
}

export interface RunService extends RunReader, RunRequests {
  start(kind: RunKind, spec: unknown, options?: { parentId?: string }): Promise<StartedRun>;
  /** Resumes a stopped run in this process, or a paused one in the process that owns it. */
  resume(id: string): Promise<StartedRun>;
  /** Cancels every run this process owns and waits until they have stopped. */
  stopAll(): Promise<void>;
}

function newId(now: Date, kind: RunKind): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${stamp}-${kind}-${randomBytes(2).toString("hex")}`;
}

/** Runs long work and keeps its journal, the only source of a run's state. */
export function createRunService(options: {
  files: FileLayer;
  runsFolder: string;
  /** The file that keeps finished runs for quick listings. Without it, each start reads every journal. */
  index?: string | null;
  kinds: readonly AnyKind[];
  now?: () => Date;
  /** Runs a body while no other process starts or resumes a run. Without it, only this process may do so. */
  exclusively?: <T>(purpose: string, body: () => Promise<T>) => Promise<T>;
  /** Returns why a finished run must not be removed. Without it, every finished run can be removed. */
  kept?: Kept;
  /** Called for every change of status and progress of the runs that this process owns. */
  onRun?: (notice: Omit<RunNotice, "workspace">) => void;
}): RunService {
  const { files, runsFolder } = options;
  const exclusively = options.exclusively ?? ((_purpose, body) => body());
  const now = options.now ?? (() => new Date());
  const kinds = new Map<RunKind, AnyKind>(options.kinds.map((kind) => [kind.kind, kind]));
  const owned = new Map<string, { controller: AbortController; result: Promise<unknown> }>();

  function kindOf(name: RunKind): AnyKind {
    const kind = kinds.get(name);
    if (kind === undefined) throw new Error(`no run kind ${name} is registered`);
    return kind;
  }

  const pausingOf = (name: RunKind) => kindOf(name).pausing ?? "never";
  const reader = createRunReader(files, runsFolder, options.index ?? null);
  const kept = options.kept ?? (async () => null);
  const requests = createRunRequests({ files, runsFolder, now, exclusively, pausingOf, kept });

  /** Makes this process the run's owner. Requires the workspace lock, so that two never own one run. */
  async function own(record: RunRecord, folder: string): Promise<StartedRun> {
    const at = runFiles(folder);
    const kind = kindOf(record.kind);
    const journal = await readJournal(files, at.journal);
    await files.writeAtomic(at.owner, `${JSON.stringify(await files.identity(), null, 2)}\n`);
    const notices = new RunNotices(record, options.onRun ?? (() => {}));
    const onEntry = (entry: JournalEntry) => notices.hear(entry);
    const writer = new JournalWriter({ files, file: at.journal, journal, now, onEntry });
    let run: Run;
    try {
      await writer.append({ kind: "status", status: "queued" });
      // Read before the body starts: a caller that gets a failure must not have a run in progress.
      run = (await readRun(files, folder)).run;
    } catch (error) {
      await files.remove(at.owner).catch(() => {});
      notices.letGo();
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
      pausing: pausingOf(record.kind),
      body: body.bind(kind),
    };
    const result = perform(attempt).finally(() => {
      owned.delete(record.id);
      notices.letGo();
    });
    // The caller may not await the result. The failure is in the journal and must not end the process.
    result.catch(() => {});
    owned.set(record.id, { controller, result });
    return { run, result };
  }

  /** Ends the pause of a run that a living process owns. Reading `result` follows that run. */
  async function goOn({ run }: StoredRun): Promise<StartedRun> {
    await files.remove(runFiles(run.folder).pause);
    const own = owned.get(run.id)?.result;
    return {
      run,
      get result() {
        return own ?? resultElsewhere(reader, run.id);
      },
    };
  }

  /** Returns the run after the process that stops it at a checkpoint has released it. */
  async function whenLetGo(folder: string): Promise<StoredRun> {
    let stored = await readRun(files, folder);
    const { status, kind } = stored.run;
    if (status !== "paused" || pausingOf(kind) !== "at-checkpoint") return stored;
    for (let look = 0; stored.owned && look < lettingGoLooks; look += 1) {
      await wait(lettingGoMs);
      stored = await readRun(files, folder);
    }
    return stored;
  }

  async function resume(id: string, folder: string): Promise<StartedRun> {
    const stored = await whenLetGo(folder);
    const { run } = stored;
    if (run.status === "paused" && stored.owned) return goOn(stored);
    if (run.status === "succeeded") {
      throw new Failure("bad-value", `run ${id} succeeded: there is nothing to resume`, {
        hint: `\`namewright runs show ${id}\` shows its result.`,
      });
    }
    if (stored.owned) {
      throw new Failure("bad-value", `run ${id} is ${run.status} in another process`, {
        hint: `\`namewright runs watch ${id}\` shows its progress.`,
      });
    }
    await files.remove(runFiles(folder).cancel);
    await files.remove(runFiles(folder).pause);
    const { id: runId, kind, title, parentId, createdAt, spec } = run;
    return own({ id: runId, kind, title, parentId, createdAt, spec }, folder);
  }

  return {
    ...reader,
    ...requests,
    async start(name, spec, { parentId } = {}) {
      const kind = kindOf(name);
      const parsed = kind.spec.safeParse(spec);
      if (!parsed.success) {
        throw new Failure(
          "bad-value",
          `the spec of the ${name} run is invalid: ${issueWords(parsed.error, spec)}`,
          {
            hint: `\`namewright schema ${name}\` prints its JSON schema.`,
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
      const folder = await folderOfRun(files, runsFolder, id);
      return exclusively(`resume ${id}`, () => resume(id, folder));
    },

    async stopAll() {
      const running = [...owned.values()];
      for (const { controller } of running)
        controller.abort(new Failure("cancelled", "the program is closing"));
      await Promise.allSettled(running.map(({ result }) => result));
    },
  };
}
