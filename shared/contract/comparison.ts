import { oc } from "@orpc/contract";
import { z } from "zod";
import { ComparisonSchema, ComparisonSettingsSchema } from "../schema/comparison.ts";

/** Two versions (`base`, `v1`, …) or results files, the first being the baseline. */
export const CompareRequestSchema = z.strictObject({
  baseline: z.string().min(1),
  candidate: z.string().min(1),
  settings: ComparisonSettingsSchema.prefault({}),
  /** Slices to show together under a name. */
  pooledSlices: z.record(z.string(), z.array(z.string())).optional(),
});
export type CompareRequest = z.infer<typeof CompareRequestSchema>;

export const comparisonContract = {
  compare: oc.input(CompareRequestSchema).output(ComparisonSchema),
};
