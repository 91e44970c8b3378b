import { oc } from "@orpc/contract";
import { z } from "zod";
import { ExportedSchema, PromotedSchema } from "../schema/model.ts";
import { AdapterVersionSchema } from "../schema/workspace.ts";

export const modelContract = {
  promote: oc.input(z.strictObject({ run: z.string().min(1) })).output(PromotedSchema),
  export: oc
    .input(
      z.strictObject({
        version: AdapterVersionSchema,
        as: z.enum(["adapter", "lora-gguf", "merged-gguf"]),
        out: z.string().min(1),
      }),
    )
    .output(ExportedSchema),
};
