import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { guessColumns } from "../../../shared/domain/dataset/columnGuess.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import type { FileKind, Inspection } from "../../../shared/schema/document.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import { kindOfFile } from "./datasetList.ts";
import { loadPreview, type Preview } from "./document/documentLoader.ts";
import type { LargeFile } from "./largeFile.ts";
import { assertText } from "./textFile.ts";

/** The number of displayed rows, and of rows used to guess columns. */
const SHOWN_ROWS = 20;
const GUESSED_FROM = 200;

/** Columns that identify the results of an evaluation. */
const resultColumns = ["quality", "suggested_names", "model_answer"];

function kindOf(file: string, columns: readonly string[], testSet: boolean): FileKind {
  const named = kindOfFile(path.basename(file)).kind;
  if (named !== "other") return named;
  const keys = columns.map((column) => column.trim().toLowerCase());
  if (resultColumns.some((column) => keys.includes(column))) return "results";
  return testSet ? "test-set" : "dataset";
}

/** Inspects an external file before its import. Throws `Failure` `missing`, or `bad-value` when it isn't a CSV. */
export async function inspectFile(files: FileLayer, file: string): Promise<Inspection> {
  const bytes = await sizeOfSource(files, file);
  await assertText(files, file);
  const preview = bytes < fileSizes.indexedFrom ? null : await loadPreview(file);
  if (preview !== null) {
    const { large, header, rows } = preview;
    return { ...described(file, { ...large, header, rows }), bytes, total: null };
  }
  const table = readTable((await readSource(files, file)).bytes, file);
  const { header, source, dialect, records } = table;
  const rows = records.slice(0, GUESSED_FROM).map(({ cells }) => cells.map(({ value }) => value));
  const inspected = described(file, { ...source, dialect, header, rows }, isTestSet(table));
  return { ...inspected, bytes, total: records.length };
}

function described(
  file: string,
  {
    header,
    rows,
    encoding,
    bom,
    dialect,
  }: Pick<LargeFile, "encoding" | "bom" | "dialect"> & Pick<Preview, "header" | "rows">,
  testSet = false,
): Omit<Inspection, "bytes" | "total"> {
  const guessed = Object.entries(guessColumns(header, rows.slice(0, GUESSED_FROM)));
  return {
    file,
    encoding,
    bom,
    delimiter: dialect.delimiter,
    newline: dialect.newline,
    kind: kindOf(file, header, testSet),
    columns: [...header],
    rows: rows.slice(0, SHOWN_ROWS).map((cells) => [...cells]),
    map: Object.fromEntries(guessed.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  };
}
