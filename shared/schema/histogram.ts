import { z } from "zod";
import { Count } from "./numbers.ts";

/** Row scores of one version in bins of one width over 0–1; the last bin holds 1. Unscored rows are separate. */
export const HistogramSchema = z.strictObject({
  title: z.string(),
  /** What the scores are called, with their n in words. */
  scoreWords: z.string(),
  bins: z.array(z.strictObject({ from: z.number(), to: z.number(), count: Count })).min(1),
  scored: Count,
  unscored: Count,
  mean: z.number().nullable(),
});
export type Histogram = z.infer<typeof HistogramSchema>;
