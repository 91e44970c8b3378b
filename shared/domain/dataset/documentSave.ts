import type { TableEdit } from "../csv/edit.ts";
import type { DocumentRows } from "./document.ts";

/**
 * What has to be done to the file on disk so that it holds the rows as they are now; rows count from 1, in the file as
 * it is, and the edits come in its order.
 */
export function tableEditsOf({ saved, order, cells }: DocumentRows): TableEdit[] {
  const edits: TableEdit[] = [];
  /** Rows of the file that were passed so far. */
  let passed = 0;
  for (const run of order.runs) {
    for (const { first, count, position } of saved.stretchesOf(run)) {
      if (position === null) {
        const values = cells.get(first);
        if (values === undefined) throw new Error(`the cells of the added row ${first} are unknown`);
        edits.push({ kind: "insert", row: passed, values });
        continue;
      }
      if (position < passed) throw new Error("rows of the file were reordered, which no edit does");
      for (; passed < position; passed += 1) edits.push({ kind: "delete", row: passed + 1 });
      passed += count;
      edits.push(...changedIn(first, count, position, cells));
    }
  }
  for (; passed < saved.length; passed += 1) edits.push({ kind: "delete", row: passed + 1 });
  return edits;
}

function changedIn(
  first: number,
  count: number,
  position: number,
  cells: DocumentRows["cells"],
): TableEdit[] {
  const edits: TableEdit[] = [];
  // The shorter of the two is walked: a long stretch of a large file holds few edits.
  if (cells.size < count) {
    const ids = [...cells.keys()].filter((id) => id >= first && id < first + count).sort((a, b) => a - b);
    for (const id of ids)
      edits.push({ kind: "row", row: position + id - first + 1, values: cells.get(id) ?? [] });
    return edits;
  }
  for (let at = 0; at < count; at += 1) {
    const values = cells.get(first + at);
    if (values !== undefined) edits.push({ kind: "row", row: position + at + 1, values });
  }
  return edits;
}
