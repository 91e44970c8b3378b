import { z } from "zod";
import { NameCategorySchema } from "./judge.ts";
import { Count, Positive } from "./numbers.ts";
import { CategoryFigureSchema, OverallCategorySchema, SafetyFigureSchema } from "./report.ts";

/** Names by category, version beside version, the baseline first. Shares, since the totals differ. */
export const CategoryShiftSchema = z.strictObject({
  title: z.string(),
  versions: z.array(z.strictObject({ name: z.string(), unscored: Count, categories: CategoryFigureSchema })),
  /** Candidate − baseline of each category's share; null where a side has no names. Only for two versions. */
  changes: z.array(z.strictObject({ category: NameCategorySchema, change: z.number().nullable() })),
});
export type CategoryShift = z.infer<typeof CategoryShiftSchema>;

/** Rows that are in another cell of the safety matrix than before. */
const CellMoveSchema = z.strictObject({
  from: OverallCategorySchema,
  to: OverallCategorySchema,
  count: Count,
  /** `changed`: the label changed, not what the model did. */
  verdict: z.enum(["better", "worse", "changed"]),
});
export type CellMove = z.infer<typeof CellMoveSchema>;

/** Two safety matrices over the same rows, and what moved between them. */
export const MatrixShiftSchema = z.strictObject({
  title: z.string(),
  rows: Count,
  names: z.strictObject({ baseline: z.string(), candidate: z.string() }),
  baseline: SafetyFigureSchema,
  candidate: SafetyFigureSchema,
  moves: z.array(CellMoveSchema),
  stayed: Count,
});
export type MatrixShift = z.infer<typeof MatrixShiftSchema>;

/** Rows by their score before and after; points at the same place are one with a count. */
export const ScatterSchema = z.strictObject({
  title: z.string(),
  names: z.strictObject({ baseline: z.string(), candidate: z.string() }),
  scoreName: z.string(),
  /** Changes of at most this much are called inside: neither better nor worse. */
  margin: z.number().nonnegative(),
  points: z.array(
    z.strictObject({
      baseline: z.number(),
      candidate: z.number(),
      count: Positive,
      verdict: z.enum(["better", "worse", "inside"]),
      /** The row, where the point is one. */
      row: Positive.nullable(),
    }),
  ),
  better: Count,
  worse: Count,
  inside: Count,
  /** Matched rows without a score on one side or both. */
  leftOut: Count,
});
export type Scatter = z.infer<typeof ScatterSchema>;
export type ScatterVerdict = Scatter["points"][number]["verdict"];
