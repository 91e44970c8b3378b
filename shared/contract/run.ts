import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { Count, Positive } from "../schema/numbers.ts";
import { RunIdSchema } from "../schema/place.ts";
import {
  JournalEntrySchema,
  RunArtifactsSchema,
  RunChangesSchema,
  RunLogSchema,
  RunPageSchema,
  RunRemovedSchema,
  RunSchema,
} from "../schema/run.ts";

const ById = z.strictObject({ id: RunIdSchema });

const RunListSchema = z.strictObject({
  runs: z.array(RunSchema),
  /** Folders in `runs/` that could not be read. */
  unreadable: z.array(z.string()),
});

const RunShownSchema = z.strictObject({
  run: RunSchema,
  result: z.unknown(),
  events: z.array(JournalEntrySchema),
});

/** Long work: its journal is the truth, every interface reads it. */
export const runContract = {
  list: oc.output(RunListSchema),
  show: oc.input(ById).output(RunShownSchema),
  /**
   * Pages of at most 500 entries after `from`, as they are written, at most ten a second, until the run has ended. An
   * event's id is the sequence number of its page's last entry: a reader that comes back with it misses nothing.
   */
  watch: oc
    .input(z.strictObject({ id: RunIdSchema, from: Count.default(0) }))
    .output(eventIterator(RunPageSchema)),
  /** Every run at first, then what changed among them, at most once a second. */
  watchAll: oc.output(eventIterator(RunChangesSchema)),
  cancel: oc.input(ById).output(RunSchema),
  /** Pauses between rows (status `paused`, in the same process) or stops at a checkpoint; `resume` continues. */
  pause: oc.input(ById).output(RunSchema),
  resume: oc.input(ById).output(RunSchema),
  /** Deletes the folder of a run that has ended. */
  remove: oc.input(ById).output(RunRemovedSchema),
  /** The last `bytes` of its log. */
  log: oc
    .input(
      z.strictObject({
        id: RunIdSchema,
        bytes: Positive.max(4_194_304).default(65_536),
      }),
    )
    .output(RunLogSchema),
  artifacts: oc.input(ById).output(RunArtifactsSchema),
};
