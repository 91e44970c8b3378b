import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  type Run,
  RunKindSchema,
  type RunOwner,
  RunOwnerSchema,
  type RunStatus,
} from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type Journal, readJournal } from "./journal.ts";
import { isAlive } from "./processIdentity.ts";
import { RunFacts } from "./runFacts.ts";

/** `spec.json` of a run: written once, before anything else. */
export const RunRecordSchema = z.strictObject({
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

/** The files of a run. */
export function runFiles(folder: string) {
  return {
    record: path.join(folder, "spec.json"),
    owner: path.join(folder, "owner.json"),
    journal: path.join(folder, "events.jsonl"),
    log: path.join(folder, "log.txt"),
    cancel: path.join(folder, "cancel"),
  } as const;
}

async function readOwner(files: FileLayer, file: string): Promise<RunOwner | null> {
  if (!(await files.exists(file))) return null;
  const parsed = RunOwnerSchema.safeParse(jsonIn(await files.readText(file)));
  return parsed.success ? parsed.data : null;
}

/** The value of a JSON text; undefined where it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the process that owns a run still lives. */
export async function isOwned(files: FileLayer, folder: string): Promise<boolean> {
  const owner = await readOwner(files, runFiles(folder).owner);
  return owner !== null && (await isAlive(owner));
}

/** The record of a run. @throws Failure `bad-value` where it is damaged. */
export async function readRecord(files: FileLayer, folder: string): Promise<RunRecord> {
  const file = runFiles(folder).record;
  const record = RunRecordSchema.safeParse(jsonIn(await files.readText(file)));
  if (record.success) return record.data;
  throw new Failure("bad-value", `${file} is not a run's record: ${z.prettifyError(record.error)}`, {
    file,
    hint: "Restore the file or delete the run's folder.",
  });
}

/** A run from its record and what its journal says; one that has no end and no owner is interrupted. */
export function runOf(record: RunRecord, folder: string, facts: RunFacts, owned: boolean): Run {
  const { kind, title, spec, parentId, createdAt, id } = record;
  const { last, progress, stage, lastSeq, written } = facts;
  const status: RunStatus = isFinal(written) || owned ? written : "interrupted";
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

/** Reads a run from its folder: record, journal and, where it has not ended, whether its owner still lives. */
export async function readRun(files: FileLayer, folder: string): Promise<{ run: Run; journal: Journal }> {
  const record = await readRecord(files, folder);
  const at = runFiles(folder);
  const journal = await readJournal(files, at.journal);
  const facts = factsOf(journal);
  if (isFinal(facts.written) || (await isOwned(files, folder))) {
    return { run: runOf(record, folder, facts, true), journal };
  }
  // The owner may have written the end and left between the two looks.
  const again = await readJournal(files, at.journal);
  return { run: runOf(record, folder, factsOf(again), false), journal: again };
}
