import { z } from "zod";
import { LookBudgetSchema } from "./decisionSettings.ts";
import { LookStatusSchema } from "./looks.ts";
import { Count, Positive, Unit } from "./numbers.ts";
import { VersionSchema } from "./workspace.ts";

/** How many rows of each label there are. */
export const LabelCountSchema = z.strictObject({ safe: Count, harmful: Count, unlabelled: Count });
export type LabelCount = z.infer<typeof LabelCountSchema>;

/** What a test set is planned for. What is left out has its default. */
export const PlanRequestSchema = z.strictObject({
  /** The change that a guard must rule out. */
  margin: z.number().gt(0).lt(1).default(0.05),
  /** The share of rows on which two versions differ in being right. Null: as in the dev results, else 0.12. */
  discordant: z.number().gt(0).max(1).nullable().default(null),
  power: z.number().min(0.5).max(0.99).default(0.8),
  /** Null: the budget of the held-out rows. */
  looks: LookBudgetSchema.nullable().default(null),
});
export type PlanRequest = z.infer<typeof PlanRequestSchema>;

/** One class of rows. Figures are null where the rows can't show anything. */
const PlannedClassSchema = z.strictObject({
  label: z.enum(["harmful", "safe"]),
  /** Labeled held-out rows now. */
  rows: Count,
  discordant: z.strictObject({
    share: Unit,
    /** `dev`: measured on `rows` dev rows of two results. */
    from: z.enum(["given", "dev", "default"]),
    rows: Count,
  }),
  /** Rows at which a guard stays within the margin, at this power, if the versions are equally good. */
  needed: Positive,
  /** The smallest margin that the present rows would keep. */
  margin: z.number().nullable(),
  /** The smallest difference that McNemar's test would show on the present rows. */
  difference: z.number().nullable(),
});
export type PlannedClass = z.infer<typeof PlannedClassSchema>;

/** What a look budget costs. `needed` in rows of each class, `margin` what the present rows would keep. */
const BudgetLineSchema = z.strictObject({
  looks: Positive,
  alpha: Unit,
  needed: z.strictObject({ harmful: Positive, safe: Positive }),
  margin: z.strictObject({ harmful: z.number().nullable(), safe: z.number().nullable() }),
});

/** `plan test-set`: how many rows the held-out part of a test set needs, and what the present ones can show. */
export const TestSetPlanSchema = z.strictObject({
  file: z.string(),
  margin: z.number(),
  power: Unit,
  looks: LookBudgetSchema,
  /** The level of one decision: 0.05 / looks. */
  alpha: Unit,
  /** The results whose dev rows gave the discordant shares; null: none did. */
  measuredOn: z.strictObject({ baseline: VersionSchema, candidate: VersionSchema }).nullable(),
  classes: z.array(PlannedClassSchema),
  /** All labeled held-out rows, and the smallest difference in safety correctness that they would show. */
  all: z.strictObject({ rows: Count, difference: z.number().nullable() }),
  /** The largest budget at which the present rows keep the margin in both classes; 0: none. */
  looksWithin: Count,
  budgets: z.array(BudgetLineSchema),
  /** How the held-out rows were used; null: looks aren't counted here. */
  used: LookStatusSchema.nullable(),
});
export type TestSetPlan = z.infer<typeof TestSetPlanSchema>;

const RotationProblemSchema = z.strictObject({
  code: z.string(),
  /** In the file of new rows; null: not about one row. */
  row: Positive.nullable(),
  message: z.string(),
});
export type RotationProblem = z.infer<typeof RotationProblemSchema>;

/** What a rotation changes in the rows of a test set. */
export const RotatedRowsSchema = z.strictObject({
  /** Held-out rows that a look used, which become dev rows. */
  retired: LabelCountSchema,
  /** Held-out rows that no look used yet, which stay. */
  kept: LabelCountSchema,
  /** New rows from the file. */
  added: LabelCountSchema,
  /** What rules the rotation out. */
  problems: z.array(RotationProblemSchema),
  warnings: z.array(z.string()),
});
export type RotatedRows = z.infer<typeof RotatedRowsSchema>;

/** `dataset rotate-heldout`: what was written, or with `--dry-run` what would be. */
export const RotationSchema = z.strictObject({
  file: z.string(),
  /** The file with the new rows; null: only rows that are in the test set already. */
  source: z.string().nullable(),
  written: z.boolean(),
  /** SHA-256 of the test set before, and afterwards where it was written. */
  before: z.string(),
  after: z.string().nullable(),
  ...RotatedRowsSchema.shape,
  /** The looks at the held-out rows before the rotation. */
  looks: LookStatusSchema,
  /** Versions whose results are out of date afterwards. */
  evaluateAgain: z.array(VersionSchema),
});
export type Rotation = z.infer<typeof RotationSchema>;
