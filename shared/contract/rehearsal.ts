import { oc } from "@orpc/contract";
import { RehearsalRequestSchema, RehearsalResultSchema } from "../schema/rehearsal.ts";
import { RunSchema } from "../schema/run.ts";

export const rehearsalContract = {
  /** Starts a rehearsal, which downloads nothing. */
  start: oc.input(RehearsalRequestSchema).output(RunSchema),
  /** The newest result with the dataset and the settings as they are now; null: not rehearsed yet. */
  latest: oc.input(RehearsalRequestSchema).output(RehearsalResultSchema.nullable()),
};
