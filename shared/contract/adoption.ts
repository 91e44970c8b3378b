import { oc } from "@orpc/contract";
import { AdoptionRequestSchema } from "../schema/adoption.ts";
import { RunSchema } from "../schema/run.ts";

export const adoptionContract = {
  /** Starts the adoption of a PEFT folder or a GGUF file as a version. */
  start: oc.input(AdoptionRequestSchema).output(RunSchema),
};
