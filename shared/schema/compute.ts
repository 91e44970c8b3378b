import { z } from "zod";
import { ComparisonSchema, ComparisonSettingsSchema } from "./comparison.ts";
import { DatasetStatsSchema, LintReportSchema } from "./dataset.ts";
import { FailureDetailSchema } from "./failure.ts";

const namedFile = z.strictObject({ name: z.string(), file: z.string() });
const compareRequest = z.strictObject({
  kind: z.literal("compare"),
  baseline: namedFile,
  candidate: namedFile,
  settings: ComparisonSettingsSchema,
  pooledSlices: z.record(z.string(), z.array(z.string())),
});
export type CompareRequest = z.infer<typeof compareRequest>;

/** `testSet`: the hash of the test set where both files are stamped, else null. */
const compareResult = z.strictObject({
  kind: z.literal("compare"),
  comparison: ComparisonSchema,
  testSet: z.string().nullable(),
});
export type CompareResult = z.infer<typeof compareResult>;

/** What the compute worker is asked: one request per process. Files are read there, not sent. */
export const ComputeRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lint"), files: z.array(z.string()), against: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("stats"), file: z.string() }),
  compareRequest,
]);
export type ComputeRequest = z.infer<typeof ComputeRequestSchema>;

/** What the compute worker answers. `ready` comes first: before it, messages would be lost. */
export const ComputeReplySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("lint"), report: LintReportSchema }),
  z.strictObject({ kind: z.literal("stats"), stats: DatasetStatsSchema }),
  compareResult,
  z.strictObject({ kind: z.literal("failed"), failure: FailureDetailSchema }),
]);
export type ComputeReply = z.infer<typeof ComputeReplySchema>;
/** An answer that is no failure. */
export type ComputeResult = Extract<ComputeReply, { kind: "lint" | "stats" | "compare" }>;
