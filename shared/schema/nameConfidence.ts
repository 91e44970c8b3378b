import { z } from "zod";
import { FigureSchema, ScaleSchema } from "./comparison.ts";
import { Count, Positive, Unit } from "./numbers.ts";

/**
 * How far a name's probability tells its score, over scored names of safe rows. Probabilities are geometric means per
 * token, because the product over a name's tokens mostly tells its length.
 */
export const NameConfidenceSchema = z.strictObject({
  /** What the scores are: an LLM judge's, or the rule score. */
  scale: ScaleSchema,
  /** Names with a score and a probability, and the test rows that they come from. */
  names: Count,
  rows: Count,
  /** Rank correlation with its 95 % interval over row groups: bootstrap, or analytic above 1,000 names. */
  spearman: FigureSchema,
  /** Names by probability in ten equal parts, the least probable first. Empty for fewer than ten names. */
  deciles: z.array(z.strictObject({ names: Positive, probability: Unit, score: Unit })),
});
export type NameConfidence = z.infer<typeof NameConfidenceSchema>;
