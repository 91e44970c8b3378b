import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { DatasetDiffSchema } from "../schema/dataset.ts";
import {
  DocumentCommandSchema,
  DocumentConflictSchema,
  DocumentDiversitySchema,
  DocumentFindingsSchema,
  DocumentRowsSchema,
  DocumentStateSchema,
  DocumentStatsSchema,
  EditedSchema,
  FoundCellsSchema,
  NeighborsSchema,
  OpenedDocumentSchema,
  ResolutionSchema,
  ViewSchema,
  wholeDocument,
} from "../schema/document.ts";
import { Count, Positive } from "../schema/numbers.ts";
import { PathSchema } from "../schema/place.ts";

const OneFileSchema = z.strictObject({ file: PathSchema });
const RevisionSchema = Count;

/**
 * A dataset that is open for editing: one document per file, shared by everybody who shows it. A command that was made
 * for an older revision fails with the code `conflict`, and so does every command while the file on disk is another one
 * than the edits began with.
 */
export const documentContract = {
  open: oc.input(OneFileSchema).output(OpenedDocumentSchema),
  /** The state now, then after each change; if its reader is slow, it skips to the newest state. */
  watch: oc.input(OneFileSchema).output(eventIterator(DocumentStateSchema)),
  rows: oc
    .input(
      z.strictObject({
        file: PathSchema,
        view: ViewSchema.default(wholeDocument),
        offset: Count,
        limit: Positive.max(1000),
      }),
    )
    .output(DocumentRowsSchema),
  /** Finds a text; with limit 0 the preview of a replacement. */
  find: oc
    .input(
      z.strictObject({
        file: PathSchema,
        view: ViewSchema.default(wholeDocument),
        find: z.string().min(1),
        matchCase: z.boolean().default(false),
        column: Count.nullable().default(null),
        limit: Count.max(10_000).default(1000),
      }),
    )
    .output(FoundCellsSchema),
  /** Position of a row in a view, from 0; null: not in the view. */
  locate: oc
    .input(
      z.strictObject({
        file: PathSchema,
        view: ViewSchema.default(wholeDocument),
        row: Positive,
      }),
    )
    .output(z.strictObject({ position: Count.nullable() })),
  edit: oc
    .input(z.strictObject({ file: PathSchema, baseRevision: RevisionSchema, command: DocumentCommandSchema }))
    .output(EditedSchema),
  /** Writes the document over its file. What was not edited keeps every byte. */
  save: oc
    .input(z.strictObject({ file: PathSchema, baseRevision: RevisionSchema }))
    .output(DocumentStateSchema),
  /** Forgets every edit since the last save. */
  discard: oc
    .input(z.strictObject({ file: PathSchema, baseRevision: RevisionSchema }))
    .output(DocumentStateSchema),
  conflict: oc.input(OneFileSchema).output(DocumentConflictSchema),
  /** `file`: the document to go on with, another one after `save-as`. */
  resolve: oc
    .input(z.strictObject({ file: PathSchema, resolution: ResolutionSchema }))
    .output(z.strictObject({ file: z.string(), state: DocumentStateSchema, leftOut: z.number().int() })),
  findings: oc
    .input(
      z.strictObject({
        file: PathSchema,
        rule: z.string().nullable().default(null),
        offset: Count.default(0),
        limit: Positive.max(1000).default(200),
      }),
    )
    .output(DocumentFindingsSchema),
  neighbours: oc
    .input(z.strictObject({ file: PathSchema, limit: Positive.max(1000).default(200) }))
    .output(NeighborsSchema),
  /** As edited. */
  stats: oc.input(OneFileSchema).output(DocumentStatsSchema),
  /** As edited. */
  diversity: oc.input(OneFileSchema).output(DocumentDiversitySchema),
  /** From another file to the document as edited. */
  diff: oc.input(z.strictObject({ file: PathSchema, before: PathSchema })).output(DatasetDiffSchema),
};
