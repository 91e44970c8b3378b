import { z } from "zod";
import { AlignedPageSchema, AlignedQuerySchema, ComparisonShiftSchema } from "./alignedRows.ts";
import {
  ComparisonSchema,
  ComparisonSettingsSchema,
  CostsSchema,
  DecisionSettingsSchema,
  LooksSchema,
  SideSchema,
  WarningSchema,
} from "./comparison.ts";
import { DatasetDiffSchema, DatasetStatsSchema, LintReportSchema } from "./dataset.ts";
import { DatasetDiversitySchema } from "./diversity.ts";
import { SummaryFiguresSchema } from "./evaluationRows.ts";
import { FailureDetailSchema } from "./failure.ts";
import { LabelCountSchema, RotatedRowsSchema } from "./heldout.ts";
import { Count, Unit } from "./numbers.ts";
import { OperatingFiguresSchema } from "./operatingPoint.ts";
import { WorkspaceHashesSchema } from "./overview.ts";
import { IntegritySchema, StampSchema } from "./result.ts";
import { StudyReadingSchema } from "./study.ts";
import { RowCountsSchema } from "./trainingRecord.ts";

/** Where the user's corrections of a version's results are, and the labels that count without them. */
const CorrectionFilesSchema = z.strictObject({
  own: z.string(),
  others: z.array(z.string()),
  testSet: z.string(),
  frozenLabels: z.string(),
});
export type CorrectionFiles = z.infer<typeof CorrectionFilesSchema>;

/** `corrections` null: a file from elsewhere, taken as it is. */
const oneFile = z.strictObject({
  name: z.string(),
  file: z.string(),
  corrections: CorrectionFilesSchema.nullable(),
});
const namedFile = z.strictObject({
  ...oneFile.shape,
  /** A version with several seeds: the files of all its members, of which `file` is the first. */
  members: z.array(oneFile).min(2).optional(),
});
export type NamedFile = z.infer<typeof namedFile>;
const compareRequest = z.strictObject({
  kind: z.literal("compare"),
  baseline: namedFile,
  candidate: namedFile,
  /** To find out whether the versions' results are stale; null: not asked. */
  hashes: WorkspaceHashesSchema.nullable(),
  settings: ComparisonSettingsSchema,
  /** The workspace's settings, to say what differs from them. */
  preset: DecisionSettingsSchema,
  looks: LooksSchema.nullable(),
  pooledSlices: z.record(z.string(), z.array(z.string())),
  /** What figures need comes too. */
  withShift: z.boolean(),
});
export type CompareRequest = z.infer<typeof compareRequest>;

const compareResult = z.strictObject({
  kind: z.literal("compare"),
  comparison: ComparisonSchema,
  shift: ComparisonShiftSchema.nullable(),
});
export type CompareResult = z.infer<typeof compareResult>;

/** The study's two results files; null: the stored figures. */
const studyRequest = z.strictObject({
  kind: z.literal("study"),
  files: z.strictObject({ baseline: namedFile, candidate: namedFile }).nullable(),
});
export type StudyComputeRequest = z.infer<typeof studyRequest>;

const studyResult = z.strictObject({ kind: z.literal("study"), reading: StudyReadingSchema });
/** Which held-out rows a comparison of two files would use. */
const lookRequest = z.strictObject({ kind: z.literal("look"), baseline: namedFile, candidate: namedFile });
export type LookRequest = z.infer<typeof lookRequest>;

/** `look` null: a file has no stamp, and so no held-out rows. */
const lookResult = z.strictObject({
  kind: z.literal("look"),
  look: z
    .strictObject({
      testSet: z.string(),
      /** The hash of each held-out row's description. */
      rows: z.array(z.string()),
      /** What each file says about its held-out rows, as a hash. */
      results: z.tuple([z.string(), z.string()]),
      runIds: z.tuple([z.string(), z.string()]),
    })
    .nullable(),
});
export type LookResult = z.infer<typeof lookResult>;

/** `hash`: of the file. `rows`: the hash of each held-out description. */
const testSetResult = z.strictObject({
  kind: z.literal("test-set"),
  hash: z.string(),
  dev: LabelCountSchema,
  heldout: LabelCountSchema,
  rows: z.array(z.string()),
});
export type TestSetResult = z.infer<typeof testSetResult>;

/** On how many dev rows of a label two results differ in being right. */
const DiscordanceSchema = z.strictObject({ rows: Count, discordant: Count });
export type Discordance = z.infer<typeof DiscordanceSchema>;

/** `testSet`: the hash that both files must have in their stamps. */
const discordanceRequest = z.strictObject({
  kind: z.literal("discordance"),
  testSet: z.string(),
  baseline: namedFile,
  candidate: namedFile,
});
export type DiscordanceRequest = z.infer<typeof discordanceRequest>;

/** `found` null: a file isn't of this test set. */
const discordanceResult = z.strictObject({
  kind: z.literal("discordance"),
  found: z.strictObject({ harmful: DiscordanceSchema, safe: DiscordanceSchema }).nullable(),
});
export type DiscordanceResult = z.infer<typeof discordanceResult>;

/**
 * The rotation of a test set. `source`: the file of new rows. `against`: files whose rows may not be among them. `used`:
 * the hashes of the descriptions that looks used; null: all held-out ones.
 */
const rotationRequest = z.strictObject({
  kind: z.literal("rotation"),
  testSet: z.string(),
  source: z.string().nullable(),
  against: z.array(z.string()),
  used: z.array(z.string()).nullable(),
});
export type RotationRequest = z.infer<typeof rotationRequest>;

/** `bytes`: the new test set. `descriptions`: of the rows that it adds. */
const rotationResult = z.strictObject({
  kind: z.literal("rotation"),
  before: z.string(),
  rows: RotatedRowsSchema,
  bytes: z.instanceof(Uint8Array),
  descriptions: z.array(z.string()),
  /** The number of the first added row. */
  first: Count,
});
export type RotationResult = z.infer<typeof rotationResult>;

/** A page of two files' rows beside each other. */
const alignRequest = z.strictObject({
  kind: z.literal("align"),
  baseline: namedFile,
  candidate: namedFile,
  query: AlignedQuerySchema,
});
export type AlignRequest = z.infer<typeof alignRequest>;

/**
 * `heldout`: how many of the rows are held out; 0 where the files have no splits. `stamped` null: a file has no stamp;
 * `runIds`: the runs that made the two files.
 */
const alignResult = z.strictObject({
  kind: z.literal("align"),
  page: AlignedPageSchema,
  slices: z.array(z.string()),
  heldout: Count,
  stamped: z
    .strictObject({ testSet: z.string(), rows: z.array(z.string()), runIds: z.array(z.string()) })
    .nullable(),
});
export type AlignResult = z.infer<typeof alignResult>;

/** What a dataset gives to train on; `rows` null: errors or leaks keep it from being trained on. */
const DatasetCheckSchema = z.strictObject({
  rows: RowCountsSchema.nullable(),
  errors: z.number().int(),
  warnings: z.number().int(),
  leaks: z.number().int(),
  firstError: z.string().nullable(),
});
export type DatasetCheck = z.infer<typeof DatasetCheckSchema>;

/** The figures of one results file over all its rows, and its stamp; null: it is in the study's format. */
const FileFiguresSchema = z.strictObject({
  side: SideSchema,
  stamp: StampSchema.nullable(),
  integrity: IntegritySchema.nullable(),
});
export type FileFigures = z.infer<typeof FileFiguresSchema>;

const figuresRequest = z.strictObject({
  kind: z.literal("figures"),
  ...namedFile.shape,
  settings: DecisionSettingsSchema,
});
export type FiguresRequest = z.infer<typeof figuresRequest>;

/** The figures of one results file, over its dev rows or all. */
const summarizeRequest = z.strictObject({
  kind: z.literal("summarise"),
  of: namedFile,
  split: z.enum(["dev", "all"]),
  settings: DecisionSettingsSchema,
});
export type SummarizeRequest = z.infer<typeof summarizeRequest>;

/** The figures of the refusal probability of one results file. */
const operatingRequest = z.strictObject({
  kind: z.literal("operating"),
  of: namedFile,
  /** Null: there is nothing to check the results against. */
  hashes: WorkspaceHashesSchema.nullable(),
  costs: CostsSchema,
  harmfulShare: Unit.nullable(),
});
export type OperatingComputeRequest = z.infer<typeof operatingRequest>;

const operatingResult = z.strictObject({
  kind: z.literal("operating"),
  figures: OperatingFiguresSchema,
  stamp: StampSchema.nullable(),
  warnings: z.array(WarningSchema),
  /** Why nothing may be chosen from these results. Empty: nothing prevents it. */
  invalid: z.array(z.string()),
});

const summarizeResult = z.strictObject({ kind: z.literal("summarise"), figures: SummaryFiguresSchema });

const LargeFileSchema = z.strictObject({
  file: z.string(),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "latin1"]),
  bom: z.boolean(),
  size: z.number().int(),
  sha256: z.string(),
  /** Changes with the file. */
  revision: z.string(),
  delimiter: z.string(),
  dialect: z.strictObject({
    delimiter: z.string(),
    newline: z.enum(["\n", "\r\n", "\r"]),
    quoting: z.enum(["minimal", "all"]),
    preamble: z.number().int(),
  }),
  start: z.number().int(),
  line: z.number().int(),
});

/** Where the rows of a large file are: the first row (from 1) of each block, its offset in bytes and its line. */
const RowIndexSchema = z.strictObject({
  large: LargeFileSchema,
  header: z.strictObject({ cells: z.array(z.string()), line: z.number().int() }).nullable(),
  /** The first block before which the header was known. */
  headerBefore: z.number().int(),
  total: z.number().int(),
  firstRows: z.array(z.number()),
  offsets: z.array(z.number()),
  lines: z.array(z.number()),
});
export type RowIndex = z.infer<typeof RowIndexSchema>;

/** Two rows (from 1) of one file that are alike. */
const RowPairSchema = z.strictObject({
  row: z.number().int(),
  earlier: z.number().int(),
  exact: z.boolean(),
});

/** What the compute worker is asked, one request after the other. Files are read there, not sent. */
export const ComputeRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lint"), files: z.array(z.string()), against: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("stats"), file: z.string() }),
  z.strictObject({ kind: z.literal("diversity"), file: z.string() }),
  z.strictObject({ kind: z.literal("index"), file: z.string() }),
  /** Pairs of rows with similar descriptions; at most `listed` are returned. */
  z.strictObject({ kind: z.literal("duplicates"), file: z.string(), listed: z.number().int() }),
  z.strictObject({ kind: z.literal("diff"), before: z.string(), after: z.string() }),
  compareRequest,
  studyRequest,
  lookRequest,
  z.strictObject({ kind: z.literal("test-set"), file: z.string() }),
  discordanceRequest,
  rotationRequest,
  alignRequest,
  z.strictObject({ kind: z.literal("check"), dataset: z.string(), testSet: z.string().nullable() }),
  figuresRequest,
  summarizeRequest,
  operatingRequest,
]);
export type ComputeRequest = z.infer<typeof ComputeRequestSchema>;

/** What the compute worker answers. `ready` comes first: before it, messages would be lost. */
export const ComputeReplySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("lint"), report: LintReportSchema }),
  z.strictObject({ kind: z.literal("stats"), stats: DatasetStatsSchema }),
  z.strictObject({ kind: z.literal("diversity"), diversity: DatasetDiversitySchema }),
  z.strictObject({ kind: z.literal("index"), index: RowIndexSchema }),
  z.strictObject({ kind: z.literal("duplicates"), pairs: z.array(RowPairSchema), count: z.number().int() }),
  z.strictObject({ kind: z.literal("diff"), diff: DatasetDiffSchema }),
  compareResult,
  studyResult,
  lookResult,
  testSetResult,
  discordanceResult,
  rotationResult,
  alignResult,
  z.strictObject({ kind: z.literal("check"), check: DatasetCheckSchema }),
  z.strictObject({ kind: z.literal("figures"), figures: FileFiguresSchema }),
  summarizeResult,
  operatingResult,
  z.strictObject({ kind: z.literal("failed"), failure: FailureDetailSchema }),
]);
export type ComputeReply = z.infer<typeof ComputeReplySchema>;
/** An answer that is no failure. */
export type ComputeResult = Exclude<ComputeReply, { kind: "ready" | "failed" }>;
