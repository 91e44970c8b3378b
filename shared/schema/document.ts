import { z } from "zod";
import { DatasetStatsSchema, FindingSchema, LeakSchema, LintSeveritySchema } from "./dataset.ts";
import { DatasetDiversitySchema } from "./diversity.ts";
import { FailureDetailSchema } from "./failure.ts";
import { Count, Positive } from "./numbers.ts";
import { DatasetNameSchema } from "./place.ts";

/**
 * A row of a document for as long as it is open: rows of the file as it was opened are numbered from 1, added ones far
 * above. It stays the same when rows before it come and go, and when the document is saved.
 */
export const RowIdSchema = Positive;
export type RowId = z.infer<typeof RowIdSchema>;

/** Where a row is put: after this row; 0: before all. */
const AfterSchema = Count;
const ColumnSchema = Count;

/** One primitive change. Each names what was there before, so that its inverse needs nothing else. */
export const ChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("set"),
    row: RowIdSchema,
    column: ColumnSchema,
    before: z.string(),
    value: z.string(),
  }),
  z.strictObject({
    kind: z.literal("insert"),
    row: RowIdSchema,
    after: AfterSchema,
    cells: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal("remove"),
    row: RowIdSchema,
    after: AfterSchema,
    cells: z.array(z.string()),
  }),
]);
export type Change = z.infer<typeof ChangeSchema>;

/** Which rows of a document are shown, and in which order. Columns count from 0. */
export const ViewSchema = z.strictObject({
  /** Rows that hold this text in any cell (or in `column`), whatever its case. */
  text: z.string().default(""),
  column: ColumnSchema.nullable().default(null),
  /** Rows with a finding of this rule; "any": with any finding. */
  rule: z.string().nullable().default(null),
  label: z.string().nullable().default(null),
  /** true: rows without names; false: rows with names. */
  refusals: z.boolean().nullable().default(null),
  /** Only rows that differ from the file. */
  edited: z.boolean().default(false),
  sort: z.strictObject({ column: ColumnSchema, descending: z.boolean() }).nullable().default(null),
  /**
   * As in a spreadsheet, a filter is applied when it is asked for, not at each edit: rows that no longer match stay
   * until the caller asks with another number.
   */
  applied: Count.default(0),
});
export type View = z.infer<typeof ViewSchema>;
/** All rows in their order. Written out: a schema that parses while it is loaded would run before the page has set it up. */
export const wholeDocument: View = {
  text: "",
  column: null,
  rule: null,
  label: null,
  refusals: null,
  edited: false,
  sort: null,
  applied: 0,
};

/** What the user does to a document. Every one can be undone. */
export const DocumentCommandSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("set-cells"),
    cells: z.array(z.strictObject({ row: RowIdSchema, column: ColumnSchema, value: z.string() })).min(1),
  }),
  z.strictObject({
    kind: z.literal("add-rows"),
    /** null: at the end. */
    after: AfterSchema.nullable(),
    rows: z.array(z.array(z.string())).min(1),
  }),
  z.strictObject({ kind: z.literal("duplicate-rows"), rows: z.array(RowIdSchema).min(1) }),
  z.strictObject({ kind: z.literal("delete-rows"), rows: z.array(RowIdSchema).min(1) }),
  /** A block of cells written over the view from a row on; what reaches beyond its end becomes new rows. */
  z.strictObject({
    kind: z.literal("paste"),
    view: ViewSchema,
    /** null: after the last row. */
    row: RowIdSchema.nullable(),
    columns: z.array(ColumnSchema).min(1),
    block: z.array(z.array(z.string())).min(1),
  }),
  z.strictObject({
    kind: z.literal("replace-all"),
    view: ViewSchema,
    find: z.string().min(1),
    replace: z.string(),
    matchCase: z.boolean().default(false),
    column: ColumnSchema.nullable().default(null),
  }),
  /** The safe repairs of names; of all rows, of some, or of one name only. */
  z.strictObject({
    kind: z.literal("fix"),
    rows: z.array(RowIdSchema).min(1).nullable(),
    name: z.string().nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("undo") }),
  z.strictObject({ kind: z.literal("redo") }),
]);
export type DocumentCommand = z.infer<typeof DocumentCommandSchema>;

/** A row of someone's changes that finds no place in the file as it is now, or one that does. */
const ConflictRowSchema = z.strictObject({
  kind: z.enum(["changed", "removed", "added"]),
  /** The row as the edits began with it, as they left it, and as it is in the file now; null: it is not there. */
  before: z.array(z.string()).nullable(),
  mine: z.array(z.string()).nullable(),
  theirs: z.array(z.string()).nullable(),
  /** The data row of the file now, from 1, where the edit can be made again. */
  row: Positive.nullable(),
});
export type ConflictRow = z.infer<typeof ConflictRowSchema>;

/** Both sides of a file that was changed by something else while it was edited. */
export const DocumentConflictSchema = z.strictObject({
  header: z.array(z.string()),
  /** False: another column layout, so nothing can be carried over. */
  sameColumns: z.boolean(),
  rows: z.array(ConflictRowSchema),
  matching: Count,
  unmatched: Count,
  /** What the other side changed against the file as the edits began with it; null: that file is not available. */
  theirs: z
    .strictObject({ added: z.number().int(), removed: z.number().int(), unchanged: z.number().int() })
    .nullable(),
  /** Whether the document as it was edited can still be saved as a new file. */
  canSaveAs: z.boolean(),
  /** The file is gone from its place. */
  gone: z.boolean(),
});
export type DocumentConflict = z.infer<typeof DocumentConflictSchema>;

export const ResolutionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("save-as"), name: DatasetNameSchema }),
  /** My edits again on the file as it is now, where the rows are still the same; the others are skipped. */
  z.strictObject({ kind: z.literal("rebase") }),
  z.strictObject({ kind: z.literal("take-theirs") }),
]);
export type Resolution = z.infer<typeof ResolutionSchema>;

/** The state of a document as everybody who shows it must know it. */
export const DocumentStateSchema = z.strictObject({
  revision: Count,
  total: Count,
  /** False: the file is still being indexed and `total` is an estimate. */
  exact: z.boolean(),
  dirty: z.boolean(),
  /** Rows that differ from the file: changed, added, removed. */
  changes: Count,
  /** What undo and redo would do, in words; null: nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  conflict: z.boolean(),
  /** Counts how often the rows were read again from the disk: row ids of before mean nothing then. */
  loads: Count,
});
export type DocumentState = z.infer<typeof DocumentStateSchema>;

export const OpenedDocumentSchema = z.strictObject({
  file: z.string(),
  name: z.string(),
  header: z.array(z.string()),
  encoding: z.string(),
  bom: z.boolean(),
  delimiter: z.string(),
  newline: z.enum(["\n", "\r\n", "\r"]),
  bytes: Count,
  /** Why it cannot be edited; null: it can. */
  readOnly: z.string().nullable(),
  /** How many edits were brought back from a journal when it was opened. */
  recovered: Count,
  state: DocumentStateSchema,
});
export type OpenedDocument = z.infer<typeof OpenedDocumentSchema>;

const DocumentRowSchema = z.strictObject({
  id: RowIdSchema,
  /** Its place in the document, from 1. */
  row: Positive,
  cells: z.array(z.string()),
  status: z.enum(["same", "changed", "added"]),
  /** Columns whose text is longer than is shown. */
  cut: z.array(ColumnSchema).optional(),
});
export type DocumentRow = z.infer<typeof DocumentRowSchema>;

export const DocumentRowsSchema = z.strictObject({
  revision: Count,
  /** Rows of the view. */
  total: Count,
  exact: z.boolean(),
  offset: Count,
  rows: z.array(DocumentRowSchema),
});
export type DocumentRows = z.infer<typeof DocumentRowsSchema>;

export const FoundCellsSchema = z.strictObject({
  revision: Count,
  cells: Count,
  occurrences: Count,
  /** The first of them: `position` counts rows of the view from 0. */
  listed: z.array(z.strictObject({ row: RowIdSchema, column: ColumnSchema, position: Count })),
});
export type FoundCells = z.infer<typeof FoundCellsSchema>;

/** What a command did. */
export const EditedSchema = z.strictObject({
  state: DocumentStateSchema,
  /** What was done, in words. */
  label: z.string(),
  cells: Count,
  rows: Count,
  /** The first rows that were changed or made: where to look. */
  touched: z.array(RowIdSchema),
});
export type Edited = z.infer<typeof EditedSchema>;

const DocumentFindingSchema = FindingSchema.extend({
  id: RowIdSchema.nullable(),
  /** The column's place, from 0; null: of the row or file as a whole. */
  at: ColumnSchema.nullable(),
});
export type DocumentFinding = z.infer<typeof DocumentFindingSchema>;

export const DocumentFindingsSchema = z.strictObject({
  revision: Count,
  errors: Count,
  warnings: Count,
  fixable: Count,
  rules: z.array(z.strictObject({ rule: z.string(), severity: LintSeveritySchema, count: Positive })),
  /** Findings of the requested rule in the whole list, not only on this page. */
  total: Count,
  findings: z.array(DocumentFindingSchema),
});
export type DocumentFindings = z.infer<typeof DocumentFindingsSchema>;

/** Two rows of one file whose descriptions are the same, or nearly. */
const DuplicatePairSchema = z.strictObject({
  row: Positive,
  id: RowIdSchema,
  cells: z.array(z.string()),
  earlierRow: Positive,
  earlierId: RowIdSchema,
  earlierCells: z.array(z.string()),
  exact: z.boolean(),
});

export const NeighborsSchema = z.strictObject({
  revision: Count,
  duplicates: z.array(DuplicatePairSchema),
  duplicateCount: Count,
  /** Against the test set (or, of the test set, against the newest dataset); null: there is none. */
  against: z.string().nullable(),
  /** Why that file could not be read; its leaks are not known then, which is not the same as none. */
  againstFailure: FailureDetailSchema.nullable(),
  leaks: z.array(LeakSchema.extend({ id: RowIdSchema })),
  leakCount: Count,
});
export type Neighbors = z.infer<typeof NeighborsSchema>;

export const DocumentStatsSchema = z.strictObject({
  revision: Count,
  stats: DatasetStatsSchema,
});

export const DocumentDiversitySchema = z.strictObject({
  revision: Count,
  diversity: DatasetDiversitySchema,
});

const FileKindSchema = z.enum(["dataset", "test-set", "results", "labels", "overrides", "other"]);
export type FileKind = z.infer<typeof FileKindSchema>;

/** A CSV file of the workspace. */
export const ListedFileSchema = z.strictObject({
  file: z.string(),
  name: z.string(),
  kind: FileKindSchema,
  version: z.string().nullable(),
  /** null: counting would take a while, or the file cannot be read. */
  rows: Count.nullable(),
  /** Why it cannot be read; null: it can, or was not tried. */
  problem: z.string().nullable(),
  bytes: Count,
  modifiedAt: z.string(),
  /** Edits that were not saved yet. */
  dirty: z.boolean(),
});
export type ListedFile = z.infer<typeof ListedFileSchema>;

/** What is known of a foreign file before it is brought in. */
export const InspectionSchema = z.strictObject({
  file: z.string(),
  bytes: Count,
  encoding: z.string(),
  bom: z.boolean(),
  delimiter: z.string(),
  newline: z.enum(["\n", "\r\n", "\r"]),
  columns: z.array(z.string()),
  /** null: too large to count at once. */
  total: Count.nullable(),
  rows: z.array(z.array(z.string())),
  /** Which of its columns each of ours would be taken from. */
  map: z.record(z.string(), z.string()),
  kind: FileKindSchema,
});
export type Inspection = z.infer<typeof InspectionSchema>;
