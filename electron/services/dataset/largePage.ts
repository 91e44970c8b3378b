import { CELL_BOUND } from "../../../shared/domain/csv/bounds.ts";
import type { RowIndex } from "../../../shared/schema/compute.ts";
import type { DatasetPage } from "../../../shared/schema/dataset.ts";
import { fileRevision } from "./largeFile.ts";
import { indexRows, partsFrom, stretchOf } from "./rowIndex.ts";

/** Indexes of so many files are remembered. */
const REMEMBERED = 4;

async function rowsFrom(index: RowIndex, offset: number, limit: number): Promise<DatasetPage["rows"]> {
  const rows: DatasetPage["rows"] = [];
  if (offset >= index.total) return rows;
  const at = stretchOf(index, offset + 1);
  for await (const { table, firstRow } of partsFrom(index, at)) {
    for (const [behind, { line, cells }] of table.records.entries()) {
      const row = firstRow + behind;
      if (row <= offset) continue;
      if (row > offset + limit) return rows;
      const cut = cells.flatMap(({ value }, column) => (value.length > CELL_BOUND ? [column] : []));
      rows.push({
        row,
        line,
        cells: cells.map(({ value }) => value.slice(0, CELL_BOUND)),
        ...(cut.length === 0 ? {} : { cut }),
      });
    }
  }
  return rows;
}

/** Pages of large files by an index of their rows, made once per revision of a file and kept in memory. */
export function createLargePages() {
  const remembered = new Map<string, { revision: string; index: Promise<RowIndex> }>();

  async function indexFor(file: string, revision: string): Promise<RowIndex> {
    const known = remembered.get(file);
    if (known?.revision === revision) return known.index;
    const index = indexRows(file);
    remembered.delete(file);
    remembered.set(file, { revision, index });
    index.catch(() => remembered.delete(file));
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    return index;
  }

  return {
    /** `offset` counts data rows from 0. Throws Failure `bad-value` for a file that changes meanwhile. */
    async read(request: { file: string; offset: number; limit: number }): Promise<DatasetPage> {
      const { file, offset, limit } = request;
      const index = await indexFor(file, await fileRevision(file));
      const { sha256, encoding, delimiter } = index.large;
      const rows = await rowsFrom(index, offset, limit);
      const header = [...(index.header?.cells ?? [])];
      return { file, sha256, encoding, delimiter, header, total: index.total, offset, rows };
    },
  };
}
