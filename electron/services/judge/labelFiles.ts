import type { z } from "zod";
import { columnIndex, readTable, requireColumns } from "../../../shared/domain/csv/table.ts";
import { writeCsv } from "../../../shared/domain/csv/write.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { type FrozenLabel, FrozenLabelSchema } from "../../../shared/schema/judge.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Reads a CSV's rows as objects of the named columns, of which some may be optional. A missing file has no rows. */
export async function readRows<Name extends string, Row>(
  files: FileLayer,
  file: string,
  columns: readonly Name[],
  schema: z.ZodType<Row>,
  objectOf: (cells: Record<Name, string>) => unknown,
  required: readonly Name[] = columns,
): Promise<Row[]> {
  if (!(await files.exists(file))) return [];
  const table = readTable(await files.read(file), file);
  requireColumns(table, required);
  return table.records.map((record, index) => {
    const cells = columns.map((name) => [name, record.cells[columnIndex(table, name)]?.value ?? ""] as const);
    const value = objectOf(Object.fromEntries(cells) as Record<Name, string>);
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new Failure("bad-value", `row ${index + 1}: ${issueWords(parsed.error, value)}`, {
      hint: "Fix the row, or restore the file from Git.",
      file,
      row: index + 1,
    });
  });
}

const frozenColumns = [
  "description",
  "label",
  "votes",
  "review",
  "reason",
  "judge",
  "rubric",
  "frozen_at",
] as const;

/** Reads `test_set.labels.csv`. Throws `Failure` `bad-value` for an invalid row. */
export function readFrozenLabels(files: FileLayer, file: string): Promise<FrozenLabel[]> {
  return readRows(
    files,
    file,
    frozenColumns,
    FrozenLabelSchema,
    ({ frozen_at, votes, review, label, ...rest }) => ({
      ...rest,
      label: label === "" ? null : label,
      votes: votes === "" ? [] : votes.split(" "),
      review: review === "yes",
      frozenAt: frozen_at,
    }),
  );
}

/** Replaces `test_set.labels.csv`. */
export function writeFrozenLabels(
  files: FileLayer,
  file: string,
  labels: readonly FrozenLabel[],
): Promise<void> {
  const rows = labels.map(({ description, label, votes, review, reason, judge, rubric, frozenAt }) => {
    return [
      description,
      label ?? "",
      votes.join(" "),
      review ? "yes" : "no",
      reason,
      judge,
      rubric,
      frozenAt,
    ];
  });
  return files.writeAtomic(file, writeCsv(frozenColumns, rows));
}
