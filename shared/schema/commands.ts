import { z } from "zod";
import { AdoptionResultSchema } from "./adoption.ts";
import { AnalysisSchema } from "./analysis.ts";
import { AugmentationReportSchema, ProposedReportSchema } from "./augmentation.ts";
import { GenerationResultSchema } from "./augmentationRun.ts";
import { BaseCheckSchema, BaseListSchema, DownloadResultSchema } from "./base.ts";
import { ComparisonSchema } from "./comparison.ts";
import {
  DatasetDiffSchema,
  DatasetStatsSchema,
  FixReportSchema,
  ImportReportSchema,
  LintReportSchema,
  SpreadsheetReportSchema,
} from "./dataset.ts";
import { DemoReportSchema } from "./demo.ts";
import { DatasetDiversitySchema } from "./diversity.ts";
import { DoctorReportSchema } from "./environment.ts";
import { EvaluationReportSchema } from "./evaluation.ts";
import { EvaluationPlanSchema } from "./evaluationPlan.ts";
import { CorrectedSchema } from "./evaluationRows.ts";
import { FailureReportSchema } from "./failure.ts";
import { RotationSchema, TestSetPlanSchema } from "./heldout.ts";
import { ExportedSchema, PromotedSchema } from "./model.ts";
import { OperatingReportSchema } from "./operatingPoint.ts";
import { StaleSchema } from "./overview.ts";
import { PromptDocumentSchema, PromptListSchema } from "./prompt.ts";
import { PromptTrialSchema } from "./promptTrial.ts";
import { ProposalListSchema } from "./proposals.ts";
import { RehearsalResultSchema } from "./rehearsal.ts";
import { JournalEntrySchema, RunArtifactsSchema, RunLogSchema, RunRemovedSchema, RunSchema } from "./run.ts";
import { StudyReadingSchema } from "./study.ts";
import { SuggestReportSchema } from "./suggest.ts";
import { TrainingReportSchema } from "./trainingRun.ts";
import { ResultsNameSchema, WorkspaceInfoSchema } from "./workspace.ts";

/** What each command prints with `--json`, by its words. `error` is what any of them prints where it fails. */
export const commandSchemas = {
  error: FailureReportSchema,
  doctor: DoctorReportSchema,
  "workspace init": z.strictObject({ workspace: z.string(), written: z.array(z.string()) }),
  "workspace info": z.strictObject({ ...WorkspaceInfoSchema.shape, stale: z.array(StaleSchema) }),
  "base list": BaseListSchema,
  "base check": BaseCheckSchema,
  "base use": BaseListSchema,
  "base add": BaseListSchema,
  "base download": DownloadResultSchema,
  "base remove": BaseListSchema,
  "dataset lint": LintReportSchema,
  "dataset stats": DatasetStatsSchema,
  "dataset diversity": z.strictObject({ files: z.array(DatasetDiversitySchema) }),
  "dataset diff": DatasetDiffSchema,
  "dataset import": ImportReportSchema,
  "dataset fix": FixReportSchema,
  "dataset export-spreadsheet": SpreadsheetReportSchema,
  "dataset rotate-heldout": RotationSchema,
  "dataset generate": GenerationResultSchema,
  "prompt list": PromptListSchema,
  "prompt show": PromptDocumentSchema,
  "prompt try": PromptTrialSchema,
  train: TrainingReportSchema,
  adopt: AdoptionResultSchema,
  rehearse: RehearsalResultSchema,
  suggest: SuggestReportSchema,
  eval: EvaluationReportSchema,
  rejudge: EvaluationReportSchema,
  analyse: AnalysisSchema,
  "operating-point": OperatingReportSchema,
  plan: EvaluationPlanSchema,
  "plan test-set": TestSetPlanSchema,
  correct: CorrectedSchema,
  augment: AugmentationReportSchema,
  /** `augment --review`: what was proposed, and by which run. */
  "augment --review": z.strictObject({ run: z.string(), ...ProposedReportSchema.shape }),
  review: ProposalListSchema,
  compare: ComparisonSchema,
  study: StudyReadingSchema,
  "runs list": z.strictObject({ runs: z.array(RunSchema), unreadable: z.array(z.string()) }),
  "runs show": z.strictObject({ run: RunSchema, result: z.unknown(), events: z.array(JournalEntrySchema) }),
  /** One line of JSON Lines. */
  "runs watch": JournalEntrySchema,
  "runs cancel": RunSchema,
  "runs pause": RunSchema,
  "runs resume": z.strictObject({ run: RunSchema, result: z.unknown() }),
  "runs remove": RunRemovedSchema,
  "runs log": RunLogSchema,
  "runs artifacts": RunArtifactsSchema,
  promote: PromotedSchema,
  figures: z.strictObject({ version: ResultsNameSchema, written: z.array(z.string()) }),
  report: z.strictObject({ out: z.string(), bytes: z.number().int() }),
  export: ExportedSchema,
  demo: DemoReportSchema,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof commandSchemas;
