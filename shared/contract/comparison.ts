import { oc } from "@orpc/contract";
import { z } from "zod";
import {
  AlignedRequestSchema,
  ComparedPageSchema,
  ComparisonViewSchema,
  TwoFilesSchema,
} from "../schema/alignedRows.ts";
import { ComparisonSchema, DecisionSettingsSchema } from "../schema/comparison.ts";
import { ComparisonChangesSchema } from "../schema/decisionSettings.ts";
import { PathSchema } from "../schema/place.ts";

/** Two versions (`base`, `v1`, …) or results files, the first being the baseline. */
const CompareRequestSchema = z.strictObject({
  baseline: PathSchema,
  candidate: PathSchema,
  /** What differs from the workspace's settings. */
  settings: ComparisonChangesSchema.prefault({}),
  /** Slices to show together under a name. */
  pooledSlices: z.record(z.string(), z.array(z.string())).optional(),
});

export const comparisonContract = {
  /** Each call is a look at the held-out rows, and counted. */
  compare: oc.input(CompareRequestSchema).output(ComparisonSchema),
  /** The same with what its figures need, as one look. */
  view: oc.input(CompareRequestSchema).output(ComparisonViewSchema),
  /** Changes with either file, the user's corrections of it and the workspace's decision settings; looks at no row. */
  revision: oc.input(TwoFilesSchema).output(z.strictObject({ revision: z.string() })),
  /** Rows beside each other, page by page: dev rows unless the held-out ones were opened. */
  rows: oc.input(AlignedRequestSchema).output(ComparedPageSchema),
  /** Writes the `decision` block of namewright.json. */
  saveSettings: oc.input(DecisionSettingsSchema).output(DecisionSettingsSchema),
  /** Opens the held-out rows of two files to be read, and counts that they were looked at. */
  openHeldout: oc.input(TwoFilesSchema).output(ComparedPageSchema.shape.heldout),
};
