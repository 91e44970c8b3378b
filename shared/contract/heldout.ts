import { oc } from "@orpc/contract";
import { z } from "zod";
import { PlanRequestSchema, RotationSchema, TestSetPlanSchema } from "../schema/heldout.ts";
import { PathSchema } from "../schema/place.ts";

/** The held-out rows of the workspace's test set. */
export const heldoutContract = {
  plan: oc.input(PlanRequestSchema).output(TestSetPlanSchema),
  /** `rows`: a CSV file of new rows; null: the rows that no look has used yet. `dryRun`: only says what it would do. */
  rotate: oc
    .input(z.strictObject({ rows: PathSchema.nullable(), dryRun: z.boolean() }))
    .output(RotationSchema),
};
