import { oc } from "@orpc/contract";
import { AugmentationRequestSchema, GenerationRequestSchema } from "../schema/augmentationRun.ts";
import { RunSchema } from "../schema/run.ts";

export const augmentationContract = {
  /** Writes the next dataset from the weakest slices of a version's dev rows. */
  start: oc.input(AugmentationRequestSchema).output(RunSchema),
  /** Writes a first dataset, or a test set, by prompt. */
  generate: oc.input(GenerationRequestSchema).output(RunSchema),
};
