import { z } from "zod";
import {
  type ResultRow,
  ResultRowSchema,
  type Results,
  type Stamp,
  StampSchema,
} from "../../schema/result.ts";
import { columnIndex, type RowTable, readRowTable } from "../csv/table.ts";
import { Failure } from "../failure.ts";
import { type RowCells, rowCells } from "./cells.ts";
import { type OurColumn, ourColumns, type StudyColumn, sealColumn, studyColumns } from "./columns.ts";
import { integrityOf, type ReadRecord } from "./integrity.ts";
import { isSealed } from "./seal.ts";
import { readStudyRows } from "./study.ts";
import { overallCategoryOf } from "./write.ts";

/**
 * Reads a results file: ours (with a `stamp` column) or one in the study's format. `file` names it in failures.
 * Throws Failure `bad-value` with file, row and column for whatever cannot be read as it claims to be.
 */
export function readResults(bytes: Uint8Array, file: string): Results {
  const table = readRowTable(bytes, file);
  if (columnIndex(table, "stamp") < 0) return { stamp: null, rows: readStudyRows(table) };
  refuseCut(table);
  const seals = columnIndex(table, sealColumn);
  const records: ReadRecord[] = [];
  let first: { stamp: Stamp; text: string } | null = null;
  for (const cells of rowCells(table, [...studyColumns, ...ourColumns])) {
    const text = cells.text("stamp");
    first ??= { stamp: cells.json("stamp", StampSchema), text };
    if (text !== first.text) {
      const isCut = cells.row === table.rows.length && first.text.startsWith(text);
      throw isCut ? cutOff(file, cells.row) : otherStamp(file, cells.row);
    }
    const row = readRow(cells);
    const isIntact =
      first.stamp.records === undefined
        ? cells.text("overall_category") === (overallCategoryOf(row) ?? "")
        : isSealed(row, text, table.rows[cells.row - 1]?.[seals] ?? "");
    records.push({ row, isIntact });
  }
  if (first === null) {
    throw new Failure("bad-value", `${file} has no rows`, { file, hint: "Evaluate the version again." });
  }
  const rows = records.map(({ row }) => row);
  refuseRepeats(rows, file);
  return { stamp: first.stamp, rows, integrity: integrityOf(records, first.stamp) };
}

type Cells = RowCells<StudyColumn | OurColumn>;
const shape = ResultRowSchema.shape;
// Made once: making a schema takes longer than reading a row.
const LatencySchema = z.number().nonnegative().nullable();

/** Throws where the last record ends before its last cell. */
function refuseCut({ file, header, rows }: RowTable): void {
  const last = rows.at(-1);
  if (last !== undefined && last.length < header.length) throw cutOff(file, rows.length);
}

function cutOff(file: string, row: number): Failure {
  return new Failure("bad-value", `${file} looks cut off: its last row, row ${row}, is incomplete`, {
    hint: "Copy the file again from where it came. The evaluation's own copy is results.csv in the run's folder.",
    file,
    row,
  });
}

function otherStamp(file: string, row: number): Failure {
  return new Failure("bad-value", `${file}, row ${row}: its stamp differs from the stamp in row 1`, {
    hint: "The file mixes two evaluations. Evaluate the version again.",
    file,
    row,
    column: "stamp",
  });
}

function readRow(cells: Cells): ResultRow {
  const reason = cells.text("unscored_reason");
  return {
    row: cells.number("row", shape.row),
    sample: cells.number("sample", shape.sample),
    description: cells.text("description"),
    outcome: cells.value("outcome", shape.outcome),
    text: cells.text("text"),
    names: cells.json("domains", shape.names),
    label: cells.value("label", shape.label),
    labelSource: cells.value("label_source", shape.labelSource),
    slice: cells.value("slice", shape.slice),
    split: cells.value("split", shape.split),
    group: cells.text("group"),
    scores: cells.json("name_scores", shape.scores),
    unscored: reason === "" ? null : { reason, detail: cells.text("unscored_detail") },
    nameProbabilities: cells.json("name_probabilities", shape.nameProbabilities),
    refusalProbability: cells.number("refusal_probability", shape.refusalProbability),
    latencyMs: cells.number("latency_ms", LatencySchema),
  };
}

function refuseRepeats(rows: readonly ResultRow[], file: string): void {
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    const key = `${row.row}/${row.sample}`;
    if (seen.has(key)) {
      throw new Failure("bad-value", `${file} contains sample ${row.sample} of row ${row.row} twice`, {
        hint: "Each row and sample must appear once. Evaluate the version again.",
        file,
        row: index + 1,
        column: "row",
      });
    }
    seen.add(key);
  });
}
