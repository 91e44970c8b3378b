import { oc } from "@orpc/contract";
import { z } from "zod";
import { ExportedSchema, GateFailedSchema, PromotedSchema } from "../schema/model.ts";
import { PathSchema, RunIdSchema } from "../schema/place.ts";
import { AdapterVersionSchema } from "../schema/workspace.ts";

export const modelContract = {
  promote: oc
    .input(z.strictObject({ run: RunIdSchema, gateFailed: GateFailedSchema.optional() }))
    .output(PromotedSchema),
  export: oc
    .input(
      z.strictObject({
        version: AdapterVersionSchema,
        as: z.enum(["adapter", "lora-gguf", "merged-gguf"]),
        out: PathSchema,
      }),
    )
    .output(ExportedSchema),
};
