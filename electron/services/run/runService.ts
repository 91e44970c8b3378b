import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import type { RunKind } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunNotice } from "../platform.ts";
import { type AnyKind, OwnedRuns, type StartedRun } from "./ownedRuns.ts";
import type { Pausing } from "./runKind.ts";
import { createRunReader, folderOfRun, type RunReader, resultElsewhere } from "./runReader.ts";
import type { Kept } from "./runRemoval.ts";
import { createRunRequests, type RunRequests } from "./runRequests.ts";
import { type RunRecord, readRun, runFiles, type StoredRun } from "./runStore.ts";

/** Interval in milliseconds, and maximum number, of checks whether a process has released the run that it stops. */
const [releasePollMs, releasePolls] = [50, 100];

export interface RunService extends RunReader, RunRequests {
  start(kind: RunKind, spec: unknown, options?: { parentId?: string }): Promise<StartedRun>;
  /** Resumes a stopped run in this process, or a paused one in the process that owns it. */
  resume(id: string): Promise<StartedRun>;
  /** Cancels every run this process owns and waits until they have stopped. */
  stopAll(): Promise<void>;
}

export interface RunServiceOptions {
  readonly files: FileLayer;
  readonly runsFolder: string;
  /** The file that keeps finished runs for quick listings. Without it, each start reads every journal. */
  readonly index?: string | null;
  readonly kinds: readonly AnyKind[];
  readonly now?: () => Date;
  /** Runs a body while no other process starts or resumes a run. Without it, only this process may do so. */
  readonly exclusively?: <T>(purpose: string, body: () => Promise<T>) => Promise<T>;
  /** Returns why a finished run must not be removed. Without it, every finished run can be removed. */
  readonly kept?: Kept;
  /** Called for every change of status and progress of the runs that this process owns. */
  readonly onRun?: (notice: Omit<RunNotice, "workspace">) => void;
}

function newId(now: Date, kind: RunKind): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${stamp}-${kind}-${randomBytes(2).toString("hex")}`;
}

/** Returns the record of a new run. Throws `Failure` `bad-value` for an invalid spec. */
function newRecord(kind: AnyKind, spec: unknown, parentId: string | null, at: Date): RunRecord {
  const parsed = kind.spec.safeParse(spec);
  if (!parsed.success) {
    throw new Failure(
      "bad-value",
      `the spec of the ${kind.kind} run is invalid: ${issueWords(parsed.error, spec)}`,
      { hint: `\`namewright schema ${kind.kind}\` prints its JSON schema.` },
    );
  }
  return {
    id: newId(at, kind.kind),
    kind: kind.kind,
    title: kind.title(parsed.data),
    parentId,
    createdAt: at.toISOString(),
    spec: parsed.data,
  };
}

/** Returns the run after the process that stops it at a checkpoint has released it. */
async function whenReleased(
  files: FileLayer,
  folder: string,
  pausingOf: (kind: RunKind) => Pausing,
): Promise<StoredRun> {
  let stored = await readRun(files, folder);
  const { status, kind } = stored.run;
  if (status !== "paused" || pausingOf(kind) !== "at-checkpoint") return stored;
  for (let poll = 0; stored.owned && poll < releasePolls; poll += 1) {
    await wait(releasePollMs);
    stored = await readRun(files, folder);
  }
  return stored;
}

/** Throws `Failure` `bad-value` for a run that succeeded or is active in another process. */
function assertResumable({ run: { id, status }, owned }: StoredRun): void {
  if (status === "succeeded") {
    throw new Failure("bad-value", `run ${id} succeeded: there is nothing to resume`, {
      hint: `\`namewright runs show ${id}\` shows its result.`,
    });
  }
  if (owned) {
    throw new Failure("bad-value", `run ${id} is ${status} in another process`, {
      hint: `\`namewright runs watch ${id}\` shows its progress.`,
    });
  }
}

/** Runs long work and keeps its journal, the only source of a run's state. */
export function createRunService(options: RunServiceOptions): RunService {
  const { files, runsFolder } = options;
  const exclusively = options.exclusively ?? ((_purpose, body) => body());
  const now = options.now ?? (() => new Date());
  const runs = new OwnedRuns({ files, kinds: options.kinds, now, onRun: options.onRun ?? (() => {}) });
  const pausingOf = (name: RunKind) => runs.pausingOf(name);
  const reader = createRunReader(files, runsFolder, options.index ?? null);
  const kept = options.kept ?? (async () => null);
  const requests = createRunRequests({ files, runsFolder, now, exclusively, pausingOf, kept });

  /** Ends the pause of a run that a living process owns. Reading `result` follows that run. */
  async function unpause({ run }: StoredRun): Promise<StartedRun> {
    await files.remove(runFiles(run.folder).pause);
    const own = runs.resultOf(run.id);
    return {
      run,
      get result() {
        return own ?? resultElsewhere(reader, run.id);
      },
    };
  }

  async function resume(folder: string): Promise<StartedRun> {
    const stored = await whenReleased(files, folder, pausingOf);
    if (stored.run.status === "paused" && stored.owned) return unpause(stored);
    assertResumable(stored);
    await files.remove(runFiles(folder).cancel);
    await files.remove(runFiles(folder).pause);
    const { id, kind, title, parentId, createdAt, spec } = stored.run;
    return runs.own({ id, kind, title, parentId, createdAt, spec }, folder);
  }

  return {
    ...reader,
    ...requests,
    async start(name, spec, { parentId } = {}) {
      const record = newRecord(runs.kindOf(name), spec, parentId ?? null, now());
      const folder = path.join(runsFolder, record.id);
      return exclusively(`start ${record.id}`, async () => {
        await files.writeAtomic(runFiles(folder).record, `${JSON.stringify(record, null, 2)}\n`);
        return runs.own(record, folder);
      });
    },
    async resume(id) {
      const folder = await folderOfRun(files, runsFolder, id);
      return exclusively(`resume ${id}`, () => resume(folder));
    },
    stopAll: () => runs.stopAll(),
  };
}
