import { z } from "zod";
import { AdapterVersionSchema } from "./workspace.ts";

/** Why an adapter is promoted although its parity gate failed. */
export const GateFailedSchema = z.string().trim().min(1).max(500);

/** `promote --json`. */
export const PromotedSchema = z.strictObject({
  run: z.string(),
  version: AdapterVersionSchema,
  /** The model's folder. */
  model: z.string(),
});
export type Promoted = z.infer<typeof PromotedSchema>;

/** `export --json`. */
export const ExportedSchema = z.strictObject({
  version: AdapterVersionSchema,
  as: z.enum(["adapter", "lora-gguf", "merged-gguf"]),
  written: z.array(z.string()),
  /** After merging: the largest difference between the merged model's log-probabilities and those of base and adapter. Null: not merged, or with DoRA, whose parity gate compared the merged model itself. */
  parity: z
    .strictObject({
      sequences: z.number().int(),
      topAgreement: z.number(),
      maxLogprobDifference: z.number(),
    })
    .nullable(),
});
export type Exported = z.infer<typeof ExportedSchema>;
