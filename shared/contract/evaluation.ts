import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { AnalysisSchema } from "../schema/analysis.ts";
import { EvaluationRequestSchema } from "../schema/evaluation.ts";
import { EvaluationPlanRequestSchema, EvaluationPlanSchema } from "../schema/evaluationPlan.ts";
import {
  CorrectedSchema,
  CorrectRequestSchema,
  EvaluationSummarySchema,
  HeldoutSchema,
  LiveRowsSchema,
  RowDetailSchema,
  RowRequestSchema,
  RowsPageSchema,
  RowsRequestSchema,
  SummaryRequestSchema,
} from "../schema/evaluationRows.ts";
import { Count, Positive } from "../schema/numbers.ts";
import { RunIdSchema } from "../schema/place.ts";
import { RunSchema } from "../schema/run.ts";
import { AdapterVersionSchema, ResultsNameSchema } from "../schema/workspace.ts";

const RejudgeRequestSchema = z.strictObject({
  version: ResultsNameSchema,
  onlyUnscored: z.boolean().default(true),
  judge: z.enum(["rule", "openai"]).nullable().default(null),
});

export const evaluationContract = {
  start: oc.input(EvaluationRequestSchema).output(RunSchema),
  rejudge: oc.input(RejudgeRequestSchema).output(RunSchema),
  analyse: oc
    .input(z.strictObject({ version: ResultsNameSchema, worst: Positive.default(10) }))
    .output(AnalysisSchema),
  /** Versions that have a model here, in order. */
  versions: oc.output(z.array(AdapterVersionSchema)),
  /** Estimates an evaluation and lists what blocks it. Starts nothing. */
  plan: oc.input(EvaluationPlanRequestSchema).output(EvaluationPlanSchema),
  /** The figures of a version's results, the user's corrections applied. */
  summary: oc.input(SummaryRequestSchema).output(EvaluationSummarySchema),
  /** Rows of a version's results, worst first: dev rows unless the held-out ones were opened. */
  rows: oc.input(RowsRequestSchema).output(RowsPageSchema),
  row: oc.input(RowRequestSchema).output(RowDetailSchema),
  /** Opens the held-out rows of a version's results, and counts that they were looked at. */
  openHeldout: oc.input(z.strictObject({ version: ResultsNameSchema })).output(HeldoutSchema),
  /** Sets or removes the user's label of a row or score of a name; `inverse` undoes it. */
  correct: oc.input(CorrectRequestSchema).output(CorrectedSchema),
  /**
   * The rows of a run as they come in, until it has ended; held-out ones are counted, not shown. An event's id is its
   * sequence number: a reader that passes it again gets only what changed since.
   */
  watchRows: oc
    .input(z.strictObject({ run: RunIdSchema, from: Count.default(0) }))
    .output(eventIterator(LiveRowsSchema)),
};
