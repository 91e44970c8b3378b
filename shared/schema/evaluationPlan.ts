import { z } from "zod";
import { LintSeveritySchema } from "./dataset.ts";
import { EvaluationRequestSchema } from "./evaluation.ts";
import { Count } from "./numbers.ts";
import { VersionSchema } from "./workspace.ts";

/** What the user is about to evaluate. */
export const EvaluationPlanRequestSchema = z.strictObject({
  versions: z.array(VersionSchema).max(50),
  ...EvaluationRequestSchema.omit({ version: true, seed: true, heldoutOnly: true }).shape,
});
export type EvaluationPlanRequest = z.infer<typeof EvaluationPlanRequestSchema>;

/** Something that blocks it (`error`) or that one should know (`warning`); of all versions, or of one. */
const PlanFindingSchema = z.strictObject({
  severity: LintSeveritySchema,
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  version: VersionSchema.nullable(),
});
export type PlanFinding = z.infer<typeof PlanFindingSchema>;

const PlannedTestSetSchema = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  rows: Count,
  dev: Count,
  heldout: Count,
  safe: Count,
  harmful: Count,
  unlabelled: Count,
  hasSplitColumn: z.boolean(),
});

/** `endpoint` is where the calls go; `price` in US dollars per million tokens, null: unknown. */
const PlannedJudgeSchema = z.strictObject({
  kind: z.enum(["rule", "openai"]),
  model: z.string().nullable(),
  endpoint: z.string().nullable(),
  price: z.strictObject({ input: z.number(), output: z.number() }).nullable(),
});

/** An expectation and the most it can be. Equal where nothing is known of earlier results. */
const RangeSchema = z.strictObject({ expected: Count, most: Count });

const PlannedVersionSchema = z.strictObject({
  version: VersionSchema,
  generations: Count,
  judgeCalls: RangeSchema,
  /** Seconds, of this version alone; null: never measured here. */
  seconds: z.number().nonnegative().nullable(),
  /** Results of the same name exist, which will be replaced. */
  replaces: z.boolean(),
});

/** Where a figure comes from: a run of this workspace, a rule of thumb, or nowhere. */
const BasisSchema = z.strictObject({
  kind: z.enum(["measured", "estimated", "unknown"]),
  run: z.string().nullable(),
});

/** What an evaluation will take. Cost in US dollars; null: unknown, never zero by default. */
export const EvaluationPlanSchema = z.strictObject({
  testSet: PlannedTestSetSchema.nullable(),
  judge: PlannedJudgeSchema.nullable(),
  versions: z.array(PlannedVersionSchema),
  /** Calls that label rows without a label, once for all versions. */
  labelCalls: Count,
  judgeCalls: RangeSchema,
  tokens: z.strictObject({ input: Count, output: Count, basis: BasisSchema }).nullable(),
  cost: z.strictObject({ expected: z.number(), most: z.number() }).nullable(),
  seconds: z.number().nonnegative().nullable(),
  secondsBasis: BasisSchema,
  findings: z.array(PlanFindingSchema),
});
export type EvaluationPlan = z.infer<typeof EvaluationPlanSchema>;
