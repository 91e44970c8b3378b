import { oc } from "@orpc/contract";
import { OperatingPointSchema, OperatingRequestSchema } from "../schema/operatingPoint.ts";

export const operatingPointContract = {
  /** The threshold of least expected cost on the dev rows of a version's results. Opens no held-out row. */
  show: oc.input(OperatingRequestSchema).output(OperatingPointSchema),
  /** Chooses the threshold and writes it into namewright.json as the version's own. */
  apply: oc.input(OperatingRequestSchema).output(OperatingPointSchema),
};
