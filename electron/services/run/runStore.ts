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

function lastOf<K extends Journal["entries"][number]["event"]["kind"]>(journal: Journal, kind: K) {
  type Event = Extract<Journal["entries"][number]["event"], { kind: K }>;
  for (let index = journal.entries.length - 1; index >= 0; index -= 1) {
    const entry = journal.entries[index];
    if (entry?.event.kind === kind) return { at: entry.at, event: entry.event as Event };
  }
  return null;
}

function writtenStatus(journal: Journal): RunStatus {
  return lastOf(journal, "status")?.event.status ?? "queued";
}

/** What the journal says and, where that is no end, whether anybody is still writing it. */
async function readStatus(
  files: FileLayer,
  folder: string,
): Promise<{ journal: Journal; status: RunStatus }> {
  const at = runFiles(folder);
  const journal = await readJournal(files, at.journal);
  const status = writtenStatus(journal);
  if (isFinal(status)) return { journal, status };
  const owner = await readOwner(files, at.owner);
  if (owner !== null && (await isAlive(owner))) return { journal, status };
  // The owner may have written the end and left between the two looks.
  const again = await readJournal(files, at.journal);
  const final = writtenStatus(again);
  return { journal: again, status: isFinal(final) ? final : "interrupted" };
}

/** Reads a run from its folder: record, journal and, where it has not ended, whether its owner still lives. */
export async function readRun(files: FileLayer, folder: string): Promise<{ run: Run; journal: Journal }> {
  const at = runFiles(folder);
  const record = RunRecordSchema.safeParse(jsonIn(await files.readText(at.record)));
  if (!record.success) {
    throw new Failure("bad-value", `${at.record} is not a run's record: ${z.prettifyError(record.error)}`, {
      file: at.record,
      hint: "Restore the file or delete the run's folder.",
    });
  }
  const { journal, status } = await readStatus(files, folder);
  const last = lastOf(journal, "status");
  const progress = lastOf(journal, "progress");
  const { kind, title, spec, parentId, createdAt, id } = record.data;
  const run: Run = {
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
    lastSeq: journal.entries.at(-1)?.seq ?? 0,
    progress:
      progress === null
        ? null
        : {
            done: progress.event.done,
            total: progress.event.total,
            unit: progress.event.unit,
            etaSeconds: progress.event.etaSeconds,
          },
    folder,
  };
  return { run, journal };
}

/** Every run of a workspace, newest first. A folder that cannot be read is left out and named in `unreadable`. */
export async function listRuns(
  files: FileLayer,
  runsFolder: string,
): Promise<{ runs: Run[]; unreadable: string[] }> {
  if (!(await files.exists(runsFolder))) return { runs: [], unreadable: [] };
  const runs: Run[] = [];
  const unreadable: string[] = [];
  for (const name of await files.list(runsFolder)) {
    const folder = path.join(runsFolder, name);
    if (!(await files.exists(runFiles(folder).record))) continue;
    try {
      runs.push((await readRun(files, folder)).run);
    } catch {
      unreadable.push(name);
    }
  }
  runs.sort((one, other) => other.createdAt.localeCompare(one.createdAt) || other.id.localeCompare(one.id));
  return { runs, unreadable };
}
