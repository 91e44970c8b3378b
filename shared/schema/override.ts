import { z } from "zod";
import { ScaleSchema } from "./comparison.ts";
import { LabelSchema } from "./dataset.ts";
import { NameCategorySchema } from "./judge.ts";
import { Unit } from "./numbers.ts";

/** Who corrected it, when (ISO 8601 in UTC), and why in their own words. */
const mark = { note: z.string(), who: z.string(), at: z.string() } as const;

/** The user's label of a test row. It belongs to the row, not to the version on whose screen it was set. */
export const LabelOverrideSchema = z.strictObject({
  kind: z.literal("label"),
  description: z.string(),
  label: LabelSchema,
  ...mark,
});
export type LabelOverride = z.infer<typeof LabelOverrideSchema>;

/** The user's score of one name a version gave. `score` on 0–1; it counts only among scores of the same `scale`. */
export const ScoreOverrideSchema = z.strictObject({
  kind: z.literal("score"),
  description: z.string(),
  name: z.string().min(1),
  score: Unit,
  category: NameCategorySchema,
  scale: ScaleSchema,
  ...mark,
});
export type ScoreOverride = z.infer<typeof ScoreOverrideSchema>;

/** The user's correction, kept apart from the judge's word: a line of `model_vN-overrides.csv`. */
export const OverrideSchema = z.discriminatedUnion("kind", [LabelOverrideSchema, ScoreOverrideSchema]);
export type Override = z.infer<typeof OverrideSchema>;
