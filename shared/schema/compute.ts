import { z } from "zod";
import { DatasetStatsSchema, LintReportSchema } from "./dataset.ts";
import { FailureDetailSchema } from "./failure.ts";

/** What the compute worker is asked: one request per process. Files are read there, not sent. */
export const ComputeRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lint"), files: z.array(z.string()), against: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("stats"), file: z.string() }),
]);
export type ComputeRequest = z.infer<typeof ComputeRequestSchema>;

/** What the compute worker answers. `ready` comes first: before it, messages would be lost. */
export const ComputeReplySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("lint"), report: LintReportSchema }),
  z.strictObject({ kind: z.literal("stats"), stats: DatasetStatsSchema }),
  z.strictObject({ kind: z.literal("failed"), failure: FailureDetailSchema }),
]);
export type ComputeReply = z.infer<typeof ComputeReplySchema>;
/** An answer that is no failure. */
export type ComputeResult = Extract<ComputeReply, { kind: "lint" | "stats" }>;
