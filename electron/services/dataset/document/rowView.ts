import { setImmediate as nextTurn } from "node:timers/promises";
import type { DocumentRows } from "../../../../shared/domain/dataset/document.ts";
import {
  compareKeys,
  isWhole,
  rowMatcher,
  searcher,
  sortKey,
  type TextSearch,
} from "../../../../shared/domain/dataset/documentView.ts";
import type { RowOrder } from "../../../../shared/domain/dataset/rowOrder.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import type { FoundCells, RowId, View } from "../../../../shared/schema/document.ts";
import type { BaseFile } from "./baseFile.ts";

/** A document at one moment. */
export interface Snapshot {
  readonly base: BaseFile;
  readonly rows: DocumentRows;
}

/** How long a scan may block the event loop, in milliseconds. */
const SLICE_MS = 8;
/** The maximum number of rows to sort. More keys would exceed our memory budget. */
const SORTED_ROWS = 1_000_000;
const SORTED_AT_ONCE = 4_000;
/** Cached views per document. */
const REMEMBERED = 8;

/** The time that a computation may block the event loop. */
class TimeSlice {
  #start = performance.now();

  /** Yields to the event loop if the slice is over, and starts the next one. */
  async yieldIfOver(): Promise<void> {
    if (performance.now() - this.#start < SLICE_MS) return;
    await nextTurn();
    this.#start = performance.now();
  }
}

/** Yields every row of an edited document in file order, with added rows last. */
export async function* rowsOf({
  base,
  rows,
}: Snapshot): AsyncGenerator<{ id: RowId; cells: readonly string[] }> {
  const slice = new TimeSlice();
  const unchanged = rows.order.equals(rows.saved);
  for await (const { first, rows: some } of base.scan()) {
    const ids = rows.saved.slice(first, some.length);
    for (const [at, inFile] of some.entries()) {
      const id = ids[at];
      if (id === undefined || !(unchanged || rows.order.has(id))) continue;
      yield { id, cells: rows.cells.get(id) ?? inFile };
    }
    await slice.yieldIfOver();
  }
  for (const [id, cells] of rows.cells) if (!rows.saved.has(id)) yield { id, cells };
}

/** Sorts rows into document order. */
async function inOrder(ids: RowId[], { rows }: Snapshot): Promise<RowId[]> {
  const added = ids.filter((id) => !rows.saved.has(id));
  if (added.length === 0) return ids;
  const positions = new Map(ids.map((id) => [id, rows.order.positionOf(id)]));
  return ids.sort((a, b) => (positions.get(a) ?? 0) - (positions.get(b) ?? 0));
}

/** A stable merge sort that yields to the event loop. */
async function sorted(ids: RowId[], keys: ReadonlyMap<RowId, string>, descending: boolean): Promise<RowId[]> {
  const sign = descending ? -1 : 1;
  const compare = (a: RowId, b: RowId) => sign * compareKeys(keys.get(a) ?? "", keys.get(b) ?? "");
  const slice = new TimeSlice();
  let runs: RowId[][] = [];
  for (let from = 0; from < ids.length; from += SORTED_AT_ONCE) {
    runs.push(ids.slice(from, from + SORTED_AT_ONCE).sort(compare));
    await slice.yieldIfOver();
  }
  while (runs.length > 1) {
    const merged: RowId[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare, slice));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergedRuns(
  one: RowId[],
  other: RowId[],
  compare: (a: RowId, b: RowId) => number,
  slice: TimeSlice,
) {
  const found: RowId[] = [];
  let [a, b] = [0, 0];
  while (a < one.length || b < other.length) {
    const [left, right] = [one[a], other[b]];
    const takeLeft = right === undefined || (left !== undefined && compare(left, right) <= 0);
    if (takeLeft) a += 1;
    else b += 1;
    found.push((takeLeft ? left : right) as RowId);
    if (found.length % SORTED_AT_ONCE === 0) await slice.yieldIfOver();
  }
  return found;
}

/** Computes the rows of a view in its order. `withFinding` are the rows with a finding of the view's rule. */
async function computed(
  view: View,
  snapshot: Snapshot,
  withFinding: ReadonlySet<RowId> | null,
): Promise<RowId[]> {
  const matches = rowMatcher(view, snapshot.base.header);
  const keys = new Map<RowId, string>();
  let ids: RowId[] = [];
  for await (const { id, cells } of rowsOf(snapshot)) {
    if (withFinding !== null && !withFinding.has(id)) continue;
    if (view.edited && !snapshot.rows.cells.has(id)) continue;
    if (!matches(cells)) continue;
    ids.push(id);
    if (view.sort === null) continue;
    keys.set(id, sortKey(cells[view.sort.column] ?? ""));
    if (ids.length > SORTED_ROWS) throw tooManyToSort();
  }
  ids = await inOrder(ids, snapshot);
  return view.sort === null ? ids : sorted(ids, keys, view.sort.descending);
}

function tooManyToSort(): Failure {
  return new Failure("bad-value", `can't sort more than ${formatCount(SORTED_ROWS)} rows`, {
    hint: "Filter the rows first. The file's order is kept.",
  });
}

/** Updates a view's rows: removed rows are dropped, and new rows follow the row above them. */
function updatedIds(ids: readonly RowId[], before: RowOrder, now: RowOrder): RowId[] {
  const left = before.equals(now) ? [...ids] : ids.filter((id) => now.has(id));
  // In document order, so that the row above is always placed first.
  const added = now.runs.flatMap((run) =>
    [...before.stretchesOf(run)].flatMap(({ first, position }) => (position === null ? [first] : [])),
  );
  if (added.length === 0) return left;
  /** The added row that follows each row; rows without a neighbour in the view go last. */
  const next = new Map<RowId, RowId>();
  const shown = new Set(left);
  const last: RowId[] = [];
  for (const id of added) {
    const above = now.idAt(now.positionOf(id) - 1);
    if (above === undefined || !shown.has(above)) last.push(id);
    else next.set(above, id);
    shown.add(id);
  }
  const found: RowId[] = [];
  for (const id of [...left, ...last]) {
    // A loop instead of recursion, because a pasted block is one long chain.
    for (let at: RowId | undefined = id; at !== undefined; at = next.get(at)) found.push(at);
  }
  return found;
}

/** The recently used views of one document. */
export class Views {
  readonly #known = new Map<string, { ids: Promise<readonly RowId[]>; order: RowOrder; loads: number }>();

  /** Returns the row IDs of a view, or null for the document's own order. */
  async idsOf(
    view: View,
    snapshot: Snapshot & { readonly loads: number },
    rowsWithFinding: (rule: string) => Promise<ReadonlySet<RowId>>,
  ): Promise<readonly RowId[] | null> {
    if (isWhole(view)) return null;
    const key = JSON.stringify(view);
    const known = this.#known.get(key);
    const { order } = snapshot.rows;
    this.#known.delete(key);
    const compute = async () =>
      computed(view, snapshot, view.rule === null ? null : await rowsWithFinding(view.rule));
    const ids =
      known === undefined || known.loads !== snapshot.loads
        ? compute()
        : known.order === order
          ? known.ids
          : known.ids.then((some) => updatedIds(some, known.order, order));
    this.#known.set(key, { ids, order, loads: snapshot.loads });
    ids.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    return ids;
  }
}

/** Returns every cell of a view that contains a text. `shown` are the view's rows, or null for all. */
export async function findCells(
  search: TextSearch,
  snapshot: Snapshot,
  shown: readonly RowId[] | null,
  limit: number,
): Promise<Omit<FoundCells, "revision">> {
  const cellsHolding = searcher(search);
  const positions = shown === null ? null : new Map(shown.map((id, at) => [id, at]));
  const place = (id: RowId) => positions?.get(id) ?? snapshot.rows.order.positionOf(id);
  const found: Omit<FoundCells, "revision"> = { cells: 0, occurrences: 0, listed: [] };
  for await (const { id, cells } of rowsOf(snapshot)) {
    if (positions !== null && !positions.has(id)) continue;
    for (const { column, count } of cellsHolding(cells)) {
      found.cells += 1;
      found.occurrences += count;
      // A view may be sorted, so all of its matches are collected before the first ones are returned.
      if (shown !== null || found.listed.length < limit)
        found.listed.push({ row: id, column, position: place(id) });
    }
  }
  found.listed.sort((a, b) => a.position - b.position || a.column - b.column);
  return { ...found, listed: found.listed.slice(0, limit) };
}
