import { oc } from "@orpc/contract";
import { z } from "zod";
import { OverviewSchema } from "../schema/overview.ts";
import { PathSchema, WorkspaceNameSchema } from "../schema/place.ts";
import { PresetNameSchema } from "../schema/training.ts";
import { WorkspaceInfoSchema } from "../schema/workspace.ts";

const WorkspaceInitSchema = z.strictObject({
  folder: PathSchema,
  fromSample: z.boolean().default(false),
  name: WorkspaceNameSchema.optional(),
  base: PathSchema.optional(),
  preset: PresetNameSchema.optional(),
});

const WorkspaceInitializedSchema = z.strictObject({
  workspace: z.string(),
  written: z.array(z.string()),
});

export const workspaceContract = {
  info: oc.output(WorkspaceInfoSchema),
  /** The loop as the workspace has it, what is stale, and the one next step. */
  overview: oc.output(OverviewSchema),
  init: oc.input(WorkspaceInitSchema).output(WorkspaceInitializedSchema),
};
