import { oc } from "@orpc/contract";
import { z } from "zod";
import {
  DatasetDiffSchema,
  DatasetStatsSchema,
  FixReportSchema,
  ImportReportSchema,
  LintReportSchema,
  SpreadsheetReportSchema,
} from "../schema/dataset.ts";
import { DatasetDiversitySchema } from "../schema/diversity.ts";
import { InspectionSchema, ListedFileSchema } from "../schema/document.ts";
import { DatasetNameSchema, PathSchema } from "../schema/place.ts";
import { documentContract } from "./document.ts";

/** The files of one lint: each is read as a whole. */
const FilesSchema = z.array(PathSchema).max(1000, "at most 1,000 files at once");
const OneFileSchema = z.strictObject({ file: PathSchema });

/** Which column of a foreign file each of ours is taken from. */
const ColumnMapSchema = z.strictObject({
  description: z.string().min(1).optional(),
  suggestions: z.string().min(1).optional(),
  label: z.string().min(1).optional(),
  slice: z.string().min(1).optional(),
  split: z.string().min(1).optional(),
  group: z.string().min(1).optional(),
});

/** Datasets and test sets as files. Paths are absolute, or relative to the host's working directory. */
export const datasetContract = {
  /** The CSV files in the workspace's `data/`. */
  list: oc.output(z.array(ListedFileSchema)),
  /** A foreign file before it is imported. */
  inspect: oc.input(OneFileSchema).output(InspectionSchema),
  document: documentContract,
  lint: oc
    .input(z.strictObject({ files: FilesSchema.min(1), against: FilesSchema.default([]) }))
    .output(LintReportSchema),
  stats: oc.input(OneFileSchema).output(DatasetStatsSchema),
  /** How varied the rows are. */
  diversity: oc.input(OneFileSchema).output(DatasetDiversitySchema),
  diff: oc.input(z.strictObject({ before: PathSchema, after: PathSchema })).output(DatasetDiffSchema),
  import: oc
    .input(
      z.strictObject({ file: PathSchema, as: DatasetNameSchema.optional(), map: ColumnMapSchema.optional() }),
    )
    .output(ImportReportSchema),
  fix: oc.input(OneFileSchema).output(FixReportSchema),
  exportSpreadsheet: oc
    .input(z.strictObject({ file: PathSchema, out: PathSchema }))
    .output(SpreadsheetReportSchema),
};
