import { oc } from "@orpc/contract";
import { z } from "zod";
import { AnalysisSchema } from "../schema/analysis.ts";
import { EvaluationRequestSchema } from "../schema/evaluation.ts";
import { RunSchema } from "../schema/run.ts";
import { AdapterVersionSchema, VersionSchema } from "../schema/workspace.ts";

export const RejudgeRequestSchema = z.strictObject({
  version: VersionSchema,
  onlyUnscored: z.boolean().default(true),
  judge: z.enum(["rule", "openai"]).nullable().default(null),
});

export const evaluationContract = {
  start: oc.input(EvaluationRequestSchema).output(RunSchema),
  rejudge: oc.input(RejudgeRequestSchema).output(RunSchema),
  analyse: oc
    .input(z.strictObject({ version: VersionSchema, worst: z.number().int().positive().default(10) }))
    .output(AnalysisSchema),
  /** Versions that have a model here, in order. */
  versions: oc.output(z.array(AdapterVersionSchema)),
};
