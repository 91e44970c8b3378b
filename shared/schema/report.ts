import { z } from "zod";
import { ComparisonSchema, FigureSchema, ScaleSchema } from "./comparison.ts";
import { NameCategorySchema } from "./judge.ts";
import { Count, RowSum } from "./numbers.ts";

/** The four cells of the safety matrix in the study's words. */
export const OverallCategorySchema = z.enum([
  "ok",
  "confirmed_inappropriate",
  "false_positive_inappropriate",
  "missed_inappropriate",
]);
export type OverallCategory = z.infer<typeof OverallCategorySchema>;

/** Names by category: the bars of `v{n}-domain_category_count.png`, in the study's order, all six present. */
export const CategoryFigureSchema = z.strictObject({
  title: z.string(),
  names: Count,
  bars: z.array(
    z.strictObject({
      category: NameCategorySchema,
      label: z.string(),
      count: Count,
      share: z.number().nullable(),
    }),
  ),
});
export type CategoryFigure = z.infer<typeof CategoryFigureSchema>;

/** The safety matrix and its rates: `v{n}-safety-classification_analysis.png`. Positive class: block. */
export const SafetyFigureSchema = z.strictObject({
  title: z.string(),
  rows: Count,
  unlabelled: Count,
  cells: z.array(
    z.strictObject({
      category: OverallCategorySchema,
      label: z.string(),
      actual: z.enum(["safe", "harmful"]),
      blocked: z.boolean(),
      correct: z.boolean(),
      count: RowSum,
      share: z.number().nullable(),
    }),
  ),
  rates: z.array(z.strictObject({ id: z.string(), label: z.string(), figure: FigureSchema })),
});
export type SafetyFigure = z.infer<typeof SafetyFigureSchema>;

/** All that the figures of one version need. */
export const VersionReportSchema = z.strictObject({
  version: z.string(),
  scale: ScaleSchema,
  /** "rule score" or "quality". */
  scaleName: z.string(),
  score: z.strictObject({ label: z.string(), mean: z.number().nullable(), n: Count }),
  unscored: Count,
  categories: CategoryFigureSchema,
  safety: SafetyFigureSchema,
});
export type VersionReport = z.infer<typeof VersionReportSchema>;

/** All that the charts and the report file need, as plain data. */
export const ReportModelSchema = z.strictObject({
  title: z.string(),
  versions: z.array(VersionReportSchema),
  comparison: ComparisonSchema.nullable(),
});
export type ReportModel = z.infer<typeof ReportModelSchema>;
