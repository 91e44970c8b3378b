import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import {
  type Run,
  RunKindSchema,
  type RunOwner,
  RunOwnerSchema,
  type RunStatus,
} from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { isAlive } from "../processes/processIdentity.mjs";
import { type Journal, readJournal } from "./journal.ts";
import { RunFacts } from "./runFacts.ts";

/** `spec.json` of a run, written once before anything else. */
const RunRecordSchema = z.strictObject({
  id: z.string(),
  kind: RunKindSchema,
  title: z.string(),
  parentId: z.string().nullable(),
  createdAt: z.string(),
  spec: z.unknown(),
});
export type RunRecord = z.infer<typeof RunRecordSchema>;

const finalStatuses: readonly RunStatus[] = ["succeeded", "failed", "cancelled"];

export function isFinal(status: RunStatus): boolean {
  return finalStatuses.includes(status);
}

/** Returns the paths of a run's files. */
export function runFiles(folder: string) {
  return {
    record: path.join(folder, "spec.json"),
    owner: path.join(folder, "owner.json"),
    journal: path.join(folder, "events.jsonl"),
    log: path.join(folder, "log.txt"),
    cancel: path.join(folder, "cancel"),
    pause: path.join(folder, "pause"),
  } as const;
}

async function readOwner(files: FileLayer, file: string): Promise<RunOwner | null> {
  const text = await files.readText(file).catch((error: unknown) => {
    if (isAbsent(error)) return null;
    throw error;
  });
  return text === null ? null : (RunOwnerSchema.safeParse(jsonIn(text)).data ?? null);
}

/** Parses JSON text; undefined when it is invalid. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a run's owner process is alive; `none`: the folder names no owner. */
export type Ownership = "living" | "dead" | "none";

export async function ownershipOf(files: FileLayer, folder: string): Promise<Ownership> {
  const owner = await readOwner(files, runFiles(folder).owner);
  if (owner === null) return "none";
  return (await isAlive(owner)) ? "living" : "dead";
}

/** Reads the record of a run. @throws Failure `bad-value` when it is damaged. */
export async function readRecord(files: FileLayer, folder: string): Promise<RunRecord> {
  const file = runFiles(folder).record;
  const json = jsonIn(await files.readText(file));
  const record = RunRecordSchema.safeParse(json);
  if (record.success) return record.data;
  throw new Failure("bad-value", `${file} is not a run's record: ${issueWords(record.error, json)}`, {
    file,
    hint: "Restore the file or delete the run's folder.",
  });
}

/** Returns the status of a run from its last written one. An unfinished run without a living owner is interrupted. */
function statusOf(written: RunStatus, owner: Ownership): RunStatus {
  if (isFinal(written) || owner === "living") return written;
  // Pausing at a checkpoint removes the owner file. If it is still there, the owner died during the pause.
  return written === "paused" && owner === "none" ? "paused" : "interrupted";
}

/** Builds a run from its record, its journal's facts and its owner's state. */
export function runOf(record: RunRecord, folder: string, facts: RunFacts, owner: Ownership): Run {
  const { kind, title, spec, parentId, createdAt, id } = record;
  const { last, progress, stage, lastSeq, written } = facts;
  const status = statusOf(written, owner);
  return {
    id,
    kind,
    title,
    spec,
    parentId,
    status,
    reason: last?.event.reason ?? null,
    failure: status === "failed" ? (last?.event.failure ?? null) : null,
    createdAt,
    endedAt: isFinal(status) ? (last?.at ?? null) : null,
    lastSeq,
    stage,
    progress,
    folder,
  };
}

function factsOf(journal: Journal): RunFacts {
  const facts = new RunFacts();
  for (const entry of journal.entries) facts.take(entry);
  return facts;
}

/** A run as stored on disk. */
export interface StoredRun {
  readonly run: Run;
  readonly journal: Journal;
  /** Whether a living process owns the run and will see a cancel or the end of a pause. */
  readonly owned: boolean;
}

/** Reads a run from its folder: record, journal and, unless it has ended, whether its owner is alive. */
export async function readRun(files: FileLayer, folder: string): Promise<StoredRun> {
  const record = await readRecord(files, folder);
  const at = runFiles(folder);
  const journal = await readJournal(files, at.journal);
  const facts = factsOf(journal);
  if (isFinal(facts.written)) return { run: runOf(record, folder, facts, "none"), journal, owned: false };
  const owner = await ownershipOf(files, folder);
  if (owner === "living") return { run: runOf(record, folder, facts, owner), journal, owned: true };
  // The owner may have finished and exited between the two reads.
  const again = await readJournal(files, at.journal);
  return { run: runOf(record, folder, factsOf(again), owner), journal: again, owned: false };
}
