import path from "node:path";
import { readTable, type Table } from "../../../shared/domain/csv/table.ts";
import { type ColumnMap, type ImportedTable, importTable } from "../../../shared/domain/dataset/foreign.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { lintFile } from "../../../shared/domain/lint/lintFile.ts";
import type { ImportReport } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import { assertText } from "./textFile.ts";
import { nextVersion, provenanceText, saveNewDataset } from "./versions.ts";

/** A file to import. `as` is the new file's name without `.csv`; by default the next version or `test_set`. */
export interface ImportRequest {
  readonly file: string;
  readonly as?: string | undefined;
  readonly map?: ColumnMap | undefined;
}

async function nameOf(
  files: FileLayer,
  workspace: Workspace,
  table: Table,
  as: string | undefined,
): Promise<string> {
  if (as === undefined) {
    return isTestSet(table) ? "test_set" : `dataset_${(await nextVersion(files, workspace)).version}`;
  }
  const name = as.replace(/\.csv$/i, "");
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) return name;
  throw new Failure("usage", `“${as}” is not a valid dataset name`, {
    hint: "Use letters, digits, _ and -, for example --as dataset_v2.",
  });
}

/** Describes what the conversion to our dialect changed. */
function changesOf(table: Table, imported: ImportedTable): string[] {
  const { encoding, bom } = table.source;
  const { delimiter, newline, preamble } = table.dialect;
  const shown = { "\n": "LF", "\r\n": "CRLF", "\r": "CR" } as const;
  const converted = imported.convertedRows.length;
  return [
    ...(encoding === "utf-8" ? [] : [`encoding ${encoding} → utf-8`]),
    ...(bom ? ["byte order mark removed"] : []),
    ...(delimiter === "," ? [] : [`delimiter ${JSON.stringify(delimiter)} → ","`]),
    ...(preamble === 0 ? [] : ["sep= line removed"]),
    ...(newline === "\n" ? [] : [`line endings ${shown[newline]} → LF`]),
    ...imported.renamedColumns.map(({ from, to }) => `column “${from}” → “${to}”`),
    ...imported.droppedColumns.map((column) => `column “${column}” skipped`),
    ...(converted === 0 ? [] : [`names of ${pluralize(converted, "row")} written as a JSON array`]),
  ];
}

/**
 * Imports an external CSV into `data/` with our columns and dialect, and writes its provenance. Doesn't repair names
 * (`dataset fix` does) and overwrites nothing. Throws `Failure` `bad-value`, `missing` or `usage`.
 */
export async function importFile(
  files: FileLayer,
  workspace: Workspace,
  request: ImportRequest,
  now: Date,
): Promise<ImportReport> {
  assertWritable(workspace);
  await assertText(files, request.file);
  const table = readTable((await readSource(files, request.file)).bytes, request.file);
  const imported = importTable(table, request.map);
  const origin = {
    source: "imported",
    slice: null,
    from: path.basename(request.file),
    generator: null,
  } as const;
  const imports = imported.descriptions.map((description) => ({ description, origin }));
  const provenance = provenanceText(imports, 1, now);
  const file = await workspace.writing(`import ${path.basename(request.file)}`, async () => {
    const name = await nameOf(files, workspace, table, request.as);
    const target = path.join(workspace.paths.data, `${name}.csv`);
    await saveNewDataset(files, target, imported.text, provenance);
    return target;
  });
  const { rows, errors, warnings } = lintFile({ file, bytes: new TextEncoder().encode(imported.text) });
  const { renamedColumns, droppedColumns, convertedRows } = imported;
  return {
    source: request.file,
    file,
    rows,
    changes: changesOf(table, imported),
    renamedColumns,
    droppedColumns,
    convertedRows,
    errors,
    warnings,
  };
}
