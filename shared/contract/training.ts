import { oc } from "@orpc/contract";
import { z } from "zod";
import { RunSchema } from "../schema/run.ts";
import { TrainingRequestSchema } from "../schema/trainingRun.ts";
import { AdapterVersionSchema } from "../schema/workspace.ts";

export const trainingContract = {
  /** Starts a training; the run's journal tells the rest. */
  start: oc.input(TrainingRequestSchema).output(RunSchema),
  /** The datasets that can be trained on, in order. */
  versions: oc.output(z.array(AdapterVersionSchema)),
};
