import type { EditStep } from "../../../../shared/domain/dataset/documentHistory.ts";
import type { DocumentRow, DocumentRows, RowId } from "../../../../shared/schema/document.ts";
import { cellsInFile } from "./baseFile.ts";
import { rowGone, tooLongRow } from "./refusals.ts";
import type { Snapshot } from "./rowView.ts";

/** Returns the edited cells of rows. Throws `Failure` `conflict` when one of them was removed. */
export async function cellsAsEdited(
  file: string,
  { base, rows }: Snapshot,
  ids: readonly RowId[],
): Promise<(row: RowId) => readonly string[]> {
  if (ids.some((id) => !rows.order.has(id))) throw rowGone(file);
  const found = await cellsInFile(
    base,
    rows.saved,
    ids.filter((id) => !rows.cells.has(id)),
  );
  return (row) => rows.cells.get(row) ?? found.get(row) ?? [];
}

/** Returns the file's cells of the rows that a step touches. Throws `Failure` `bad-value` for truncated cells. */
export async function cellsToChange(
  file: string,
  { base, rows }: Snapshot,
  step: EditStep,
  touched: readonly RowId[],
): Promise<Map<RowId, readonly string[]>> {
  const inFile = await base.read(touched.map((id) => rows.saved.positionOf(id)));
  return new Map(
    touched.map((id): [RowId, readonly string[]] => {
      const row = inFile.get(rows.saved.positionOf(id));
      const cutAndSet = row?.cut.length && step.changes.some((one) => one.row === id && one.kind === "set");
      if (cutAndSet) throw tooLongRow(file, rows.order.positionOf(id) + 1);
      return [id, row?.cells ?? []];
    }),
  );
}

/** Returns a page of rows. `shown` are the rows of a view, or null for all. */
export async function pageOfRows(
  { base, rows, revision }: Snapshot & { readonly revision: number },
  shown: readonly RowId[] | null,
  offset: number,
  limit: number,
): Promise<DocumentRows> {
  const ids = shown === null ? rows.order.slice(offset, limit) : shown.slice(offset, offset + limit);
  const there = ids.filter((id) => rows.saved.has(id));
  const inFile = await base.read(there.map((id) => rows.saved.positionOf(id)));
  const rowOf = (id: RowId): DocumentRow => {
    const saved = inFile.get(rows.saved.positionOf(id));
    const own = rows.cells.get(id);
    const status = !rows.saved.has(id) ? "added" : own === undefined ? "same" : "changed";
    const cells = [...(own ?? saved?.cells ?? [])];
    const cut = saved?.cut.length ? { cut: [...saved.cut] } : {};
    return { id, row: rows.order.positionOf(id) + 1, cells, status, ...cut };
  };
  const total = shown === null ? rows.order.length : shown.length;
  return { revision, total, exact: true, offset, rows: ids.map(rowOf) };
}
