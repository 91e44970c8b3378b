import { z } from "zod";
import { NameProbabilitySchema } from "./inference.ts";

/** `suggest --json`: names for descriptions, in their order. */
export const SuggestReportSchema = z.strictObject({
  version: z.string(),
  results: z.array(
    z.strictObject({
      description: z.string(),
      refused: z.boolean(),
      refusalProbability: z.number().nullable(),
      /** As they came; a broken naming rule is in `findings`. */
      names: z.array(z.strictObject({ name: z.string(), probability: NameProbabilitySchema.nullable() })),
      findings: z.array(z.strictObject({ rule: z.string(), message: z.string() })),
      latencyMs: z.number(),
    }),
  ),
});
export type SuggestReport = z.infer<typeof SuggestReportSchema>;

export const SuggestRequestSchema = z.strictObject({
  descriptions: z.array(z.string().min(1)).min(1),
  /** Absent: the newest adapter, else the base. */
  version: z.string().optional(),
  temperature: z.number().min(0).max(2).default(0),
  seed: z.number().int().nonnegative().default(1),
});
export type SuggestRequest = z.infer<typeof SuggestRequestSchema>;
