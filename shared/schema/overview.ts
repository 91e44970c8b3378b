import { z } from "zod";
import {
  DecisionSchema,
  IntervalSchema,
  LooksSchema,
  MetricComparisonSchema,
  ScaleSchema,
} from "./comparison.ts";
import { Count } from "./numbers.ts";
import { PromptNameSchema } from "./prompt.ts";
import { IntegritySchema } from "./result.ts";
import { RunStatusSchema } from "./run.ts";
import { AdapterVersionSchema, ResultsNameSchema, VersionSchema } from "./workspace.ts";

/** A dataset of the workspace as it is on disk. */
const OverviewDatasetSchema = z.strictObject({
  version: AdapterVersionSchema,
  file: z.string(),
  bytes: Count,
  hash: z.string(),
  /** Null: it could not be read; `problem` says why. */
  rows: Count.nullable(),
  refusals: Count.nullable(),
  /** Broken rules, and rows that are in the test set too; null: not checked in a file this large. */
  errors: Count.nullable(),
  leaks: Count.nullable(),
  problem: z.string().nullable(),
});
export type OverviewDataset = z.infer<typeof OverviewDatasetSchema>;

const OverviewTestSetSchema = z.strictObject({
  file: z.string(),
  hash: z.string(),
  rows: Count.nullable(),
  problem: z.string().nullable(),
});
export type OverviewTestSet = z.infer<typeof OverviewTestSetSchema>;

/** A promoted adapter, `models/model_vN`. */
const OverviewAdapterSchema = z.strictObject({
  version: AdapterVersionSchema,
  /** sha256 of its GGUF. */
  hash: z.string(),
  base: z.string(),
  baseHash: z.string(),
  dataset: z.string().nullable(),
  datasetHash: z.string().nullable(),
  /** Null: an adopted GGUF file, which has no parity gate. */
  gatePassed: z.boolean().nullable(),
  /** The prompt that it was trained with. */
  prompt: z.strictObject({ name: PromptNameSchema, hash: z.string() }),
  /** Null: it was trained elsewhere and adopted. */
  training: z
    .strictObject({
      rows: Count,
      epochs: z.number(),
      stoppedEarly: z.boolean(),
      bestMetric: z.number().nullable(),
    })
    .nullable(),
});
export type OverviewAdapter = z.infer<typeof OverviewAdapterSchema>;

/** One figure with its basis: value, n, interval. */
const HeadlineSchema = z.strictObject({
  id: z.enum(["delivered-score", "accuracy", "missed-harmful-rate", "false-refusal-rate"]),
  label: z.string(),
  better: z.enum(["higher", "lower"]),
  value: z.number().nullable(),
  /** Rows it is measured on. */
  n: Count,
  ci95: IntervalSchema,
  /** Why the value or the interval is missing. */
  reason: z.string().nullable(),
});
export type Headline = z.infer<typeof HeadlineSchema>;

/** A results file in `data/`. */
const OverviewResultsSchema = z.strictObject({
  version: ResultsNameSchema,
  file: z.string(),
  hash: z.string(),
  /** Null: a file in the study's format, which does not say what it was made with. */
  stamp: z
    .strictObject({
      runId: z.string(),
      base: z.string(),
      adapter: z.string().nullable(),
      dataset: z.string().nullable(),
      testSet: z.string(),
      prompt: z.string(),
      promptName: PromptNameSchema,
      /** The version of the dataset that its prompt took examples from; null: it has none. */
      examplesFrom: z.string().nullable(),
      /** SHA-256 of that dataset then; null: no examples, or not known. */
      examplesHash: z.string().nullable(),
      judge: z.string(),
    })
    .nullable(),
  /** Null: a file in the study's format. */
  integrity: IntegritySchema.nullable(),
  scale: ScaleSchema,
  rows: Count,
  unscored: Count,
  headlines: z.array(HeadlineSchema),
});
export type OverviewResults = z.infer<typeof OverviewResultsSchema>;

/** Something that no longer fits the rest, and why. */
export const StaleSchema = z.strictObject({
  what: z.enum(["adapter", "results"]),
  version: ResultsNameSchema,
  code: z.enum([
    "dataset-changed",
    "dataset-gone",
    "base-changed",
    "adapter-changed",
    "adapter-gone",
    "test-set-changed",
    "prompt-changed",
    "rows-missing",
    "rows-changed",
  ]),
  message: z.string(),
});
export type Stale = z.infer<typeof StaleSchema>;

const Versioned = z.object({ version: AdapterVersionSchema, hash: z.string() });
/** What the workspace has now, to find results of something else. */
export const WorkspaceHashesSchema = z.object({
  /** Null: there is no base. */
  baseHash: z.string().nullable(),
  prompts: z.array(z.object({ name: PromptNameSchema, hash: z.string().nullable() })),
  testSet: z.object({ hash: z.string() }).nullable(),
  datasets: z.array(Versioned),
  adapters: z.array(Versioned),
});
export type WorkspaceHashes = z.infer<typeof WorkspaceHashesSchema>;

/** Where a step leads: a screen and, where it is about one thing, which. */
const LeadSchema = z.strictObject({
  screen: z.enum(["overview", "datasets", "train", "playground", "evaluate", "compare", "runs", "settings"]),
  version: VersionSchema.nullable(),
  /** The baseline of a comparison. */
  baseline: VersionSchema.nullable(),
  run: z.string().nullable(),
});
export type Lead = z.infer<typeof LeadSchema>;

const NextStepSchema = z.strictObject({
  kind: z.enum([
    "copy-sample",
    "add-dataset",
    "add-test-set",
    "fix-dataset",
    "watch",
    "resume",
    "train",
    "evaluate",
    "rejudge",
    "compare",
    "write-rows",
  ]),
  /** The button: what it does. */
  label: z.string(),
  /** Why it is the next. */
  words: z.string(),
  lead: LeadSchema,
});
export type NextStep = z.infer<typeof NextStepSchema>;

/** Is fine-tuning better than a good prompt? */
const PromptQuestionSchema = z.strictObject({
  /** The prompted version and the newest adapter. */
  baseline: VersionSchema,
  candidate: VersionSchema,
  /** What their comparison said; null: they weren't compared yet, or not since their results changed. */
  decided: z
    .strictObject({
      decision: DecisionSchema,
      rows: Count,
      metrics: z.array(MetricComparisonSchema),
      looks: LooksSchema.nullable(),
    })
    .nullable(),
  /** What would answer the question; null: it is answered. */
  next: NextStepSchema.nullable(),
});
export type PromptQuestion = z.infer<typeof PromptQuestionSchema>;

/** The newest run, as far as the next step hangs on it. */
const LatestRunSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  status: RunStatusSchema,
});
export type LatestRun = z.infer<typeof LatestRunSchema>;

/** The loop as a workspace has it. */
export const OverviewSchema = z.strictObject({
  name: z.string(),
  folder: z.string(),
  sample: z.boolean(),
  base: z.string(),
  /** Hashes of what results depend on, as they are now; null: not on this disk. */
  baseHash: z.string().nullable(),
  prompts: z.array(z.strictObject({ name: PromptNameSchema, hash: z.string().nullable() })),
  testSet: OverviewTestSetSchema.nullable(),
  datasets: z.array(OverviewDatasetSchema),
  adapters: z.array(OverviewAdapterSchema),
  results: z.array(OverviewResultsSchema),
  /** Models and results that could not be read, with why. */
  unreadable: z.array(z.strictObject({ what: z.string(), problem: z.string() })),
  stale: z.array(StaleSchema),
  next: NextStepSchema,
  /** Null: no adapter was trained yet. */
  promptQuestion: PromptQuestionSchema.nullable(),
});
export type Overview = z.infer<typeof OverviewSchema>;
