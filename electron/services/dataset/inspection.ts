import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { guessColumns } from "../../../shared/domain/dataset/columnGuess.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import type { FileKind, Inspection } from "../../../shared/schema/document.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource, sizeOfSource } from "../files/sourceFile.ts";
import { kindOfFile } from "./datasetList.ts";
import { loadPreview } from "./document/documentLoader.ts";
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
    return {
      ...described(file, bytes, header, rows),
      encoding: large.encoding,
      bom: large.bom,
      delimiter: large.delimiter,
      newline: large.dialect.newline,
      total: null,
      kind: kindOf(file, header, false),
    };
  }
  const table = readTable((await readSource(files, file)).bytes, file);
  const rows = table.records.slice(0, GUESSED_FROM).map(({ cells }) => cells.map(({ value }) => value));
  return {
    ...described(file, bytes, table.header, rows),
    encoding: table.source.encoding,
    bom: table.source.bom,
    delimiter: table.dialect.delimiter,
    newline: table.dialect.newline,
    total: table.records.length,
    kind: kindOf(file, table.header, isTestSet(table)),
  };
}

function described(
  file: string,
  bytes: number,
  header: readonly string[],
  rows: readonly (readonly string[])[],
) {
  const guessed = Object.entries(guessColumns(header, rows.slice(0, GUESSED_FROM)));
  return {
    file,
    bytes,
    columns: [...header],
    rows: rows.slice(0, SHOWN_ROWS).map((cells) => [...cells]),
    map: Object.fromEntries(guessed.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  };
}
