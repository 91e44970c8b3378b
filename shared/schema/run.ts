import { z } from "zod";
import { FailureDetailSchema } from "./failure.ts";
import { Count, Positive } from "./numbers.ts";

/** The kinds of long work. Each has a spec and its own result schema. */
export const RunKindSchema = z.enum([
  "training",
  "rehearsal",
  "adoption",
  "evaluation",
  "augmentation",
  "generation",
  "rejudging",
  "download",
  "demo",
]);
export type RunKind = z.infer<typeof RunKindSchema>;

/** `interrupted` is derived, never written: the owner is gone and no final event is in the journal. */
export const RunStatusSchema = z.enum([
  "queued",
  "running",
  "paused",
  "succeeded",
  "failed",
  "cancelled",
  "interrupted",
]);
export type RunStatus = z.infer<typeof RunStatusSchema>;

/** The process that runs it: an id alone is reused by the system, with its start time it is not. */
export const RunOwnerSchema = z.strictObject({
  pid: z.number().int(),
  startedAt: z.string(),
  host: z.string(),
});
export type RunOwner = z.infer<typeof RunOwnerSchema>;

const progress = { done: z.number(), total: z.number(), unit: z.string(), etaSeconds: z.number().nullable() };

/** What every event is to the journal; `data` is the kind's own. Numbers as JSON. */
const RunEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("status"),
    status: RunStatusSchema.exclude(["interrupted"]),
    reason: z.string().optional(),
    failure: FailureDetailSchema.optional(),
  }),
  z.strictObject({ kind: z.literal("stage"), stage: z.string(), detail: z.string().optional() }),
  z.strictObject({ kind: z.literal("progress"), ...progress }),
  z.strictObject({ kind: z.literal("trainer"), event: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal("row"), key: z.string(), data: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal("warning"), code: z.string(), message: z.string() }),
  z.strictObject({ kind: z.literal("result"), data: z.unknown() }),
]);
export type RunEvent = z.infer<typeof RunEventSchema>;

/** One line of `events.jsonl`: `sum` is the first 16 hex digits of sha256 over the line without it. */
export const JournalEntrySchema = z.strictObject({
  seq: Positive,
  at: z.string(),
  event: RunEventSchema,
});
export type JournalEntry = z.infer<typeof JournalEntrySchema>;

export const RunSchema = z.strictObject({
  id: z.string(),
  kind: RunKindSchema,
  title: z.string(),
  spec: z.unknown(),
  parentId: z.string().nullable(),
  status: RunStatusSchema,
  reason: z.string().nullable(),
  failure: FailureDetailSchema.nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  lastSeq: Count,
  /** The stage it is in, or ended in; null: none was said. */
  stage: z.string().nullable(),
  progress: z.strictObject(progress).nullable(),
  folder: z.string(),
});
export type Run = z.infer<typeof RunSchema>;

/** Some of a run's journal, and the run as those entries leave it. */
export const RunPageSchema = z.strictObject({ run: RunSchema, entries: z.array(JournalEntrySchema) });
export type RunPage = z.infer<typeof RunPageSchema>;

/** What changed among all runs: every one of them the first time (`whole`), afterwards only those that did. */
export const RunChangesSchema = z.strictObject({
  whole: z.boolean(),
  /** Newest first. */
  runs: z.array(RunSchema),
  /** Ids of runs that are no longer there. */
  removed: z.array(z.string()),
  /** Folders in `runs/` that could not be read. */
  unreadable: z.array(z.string()),
});
export type RunChanges = z.infer<typeof RunChangesSchema>;

/** The end of a run's `log.txt`, in whole lines. `bytes` is the whole log's size; `cut` where its beginning is omitted. */
export const RunLogSchema = z.strictObject({
  text: z.string(),
  bytes: Count,
  cut: z.boolean(),
});
export type RunLog = z.infer<typeof RunLogSchema>;

/** The files in a run's folder. Paths from the folder on, with `/`; `own` are its records, the others what it made. */
export const RunArtifactsSchema = z.strictObject({
  folder: z.string(),
  files: z.array(z.strictObject({ path: z.string(), bytes: Count, own: z.boolean() })),
  bytes: Count,
});
export type RunArtifacts = z.infer<typeof RunArtifactsSchema>;

export const RunRemovedSchema = z.strictObject({
  id: z.string(),
  folder: z.string(),
  freedBytes: Count,
});
export type RunRemoved = z.infer<typeof RunRemovedSchema>;
