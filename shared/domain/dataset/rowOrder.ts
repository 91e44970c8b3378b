import type { RowId } from "../../schema/document.ts";

/** Rows whose ids follow each other: `first`, `first` + 1, … */
export interface RowRun {
  readonly first: RowId;
  readonly count: number;
}

/** Added rows are numbered from here: no file has this many rows. */
export const FIRST_ADDED = 2 ** 40;

/** Joins runs that follow each other, and drops empty ones. */
function joined(runs: readonly RowRun[]): RowRun[] {
  const found: RowRun[] = [];
  for (const run of runs) {
    const last = found.at(-1);
    if (run.count === 0) continue;
    if (last !== undefined && last.first + last.count === run.first) {
      found[found.length - 1] = { first: last.first, count: last.count + run.count };
    } else found.push(run);
  }
  return found;
}

/** The last index whose value is at most `wanted`; −1: none. */
function lastAtMost(values: readonly number[], wanted: number): number {
  let [low, high] = [-1, values.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The order of a document's rows, in memory that hangs on how often it departs from counting up and not on the number
 * of rows. It never changes; each edit gives another one.
 */
export class RowOrder {
  readonly runs: readonly RowRun[];
  readonly length: number;
  /** The position (from 0) of each run's first row. */
  readonly #starts: readonly number[];
  #byId: { readonly firsts: number[]; readonly runs: number[] } | null = null;

  constructor(runs: readonly RowRun[]) {
    this.runs = joined(runs);
    let length = 0;
    this.#starts = this.runs.map(({ count }) => {
      length += count;
      return length - count;
    });
    this.length = length;
  }

  /** The rows 1 … `count` in order: a file as it was opened. */
  static counting(count: number): RowOrder {
    return new RowOrder([{ first: 1, count }]);
  }

  /** The row at a position from 0. */
  idAt(position: number): RowId | undefined {
    const at = lastAtMost(this.#starts, position);
    const run = this.runs[at];
    const offset = position - (this.#starts[at] ?? 0);
    return run === undefined || offset >= run.count ? undefined : run.first + offset;
  }

  /** The position of a row, from 0; −1 where it is not in here. */
  positionOf(id: RowId): number {
    const at = this.#runOf(id);
    if (at < 0) return -1;
    return (this.#starts[at] ?? 0) + id - (this.runs[at]?.first ?? 0);
  }

  has(id: RowId): boolean {
    return this.#runOf(id) >= 0;
  }

  slice(offset: number, limit: number): RowId[] {
    const ids: RowId[] = [];
    const end = Math.min(this.length, offset + limit);
    for (let at = Math.max(0, lastAtMost(this.#starts, offset)); at < this.runs.length; at += 1) {
      const run = this.runs[at];
      const start = this.#starts[at] ?? 0;
      if (run === undefined || start >= end) break;
      for (let position = Math.max(start, offset); position < Math.min(start + run.count, end); position += 1)
        ids.push(run.first + position - start);
    }
    return ids;
  }

  equals(other: RowOrder): boolean {
    return (
      this.runs.length === other.runs.length &&
      this.runs.every(
        ({ first, count }, at) => other.runs[at]?.first === first && other.runs[at]?.count === count,
      )
    );
  }

  without(ids: ReadonlySet<RowId>): RowOrder {
    return new RowOrder(this.#cutAt(ids, (id) => (ids.has(id) ? [] : [{ first: id, count: 1 }])));
  }

  /** One row after the other is inserted after its `after` (0: before all). Every `after` must be there by then. */
  with(inserted: readonly { readonly row: RowId; readonly after: RowId | 0 }[]): RowOrder {
    const behind = Map.groupBy(inserted, ({ after }) => after);
    const follow = (id: RowId | 0): RowRun[] => {
      // By hand, not by recursion: a block of added rows is one long chain.
      const found: RowRun[] = [];
      const waiting = [...(behind.get(id) ?? [])];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        found.push({ first: next.row, count: 1 });
        waiting.push(...(behind.get(next.row) ?? []));
      }
      return found;
    };
    const cut = this.#cutAt(new Set(behind.keys()), (id) => [{ first: id, count: 1 }, ...follow(id)]);
    const made = new RowOrder([...follow(0), ...cut]);
    if (made.length === this.length + inserted.length) return made;
    throw new Error("a row was inserted after an unknown row");
  }

  /** The positions of a run's rows in here, as stretches in the run's order; rows that are not in here as `null`. */
  *stretchesOf(run: RowRun): Generator<{ first: RowId; count: number; position: number | null }> {
    for (let first = run.first; first < run.first + run.count; ) {
      const at = this.#runOf(first);
      const left = run.first + run.count - first;
      const here = this.runs[at];
      const count = here === undefined ? 1 : Math.min(left, here.first + here.count - first);
      yield { first, count, position: here === undefined ? null : this.positionOf(first) };
      first += count;
    }
  }

  /** The runs with those rows cut out of them and replaced by what `instead` gives. */
  #cutAt(ids: ReadonlySet<RowId | 0>, instead: (id: RowId) => RowRun[]): RowRun[] {
    // Rows that are not in here have the run −1, which no run has.
    const cuts = Map.groupBy(ids, (id) => this.#runOf(id));
    return this.runs.flatMap((run, at) => {
      const parts: RowRun[] = [];
      let from = run.first;
      for (const id of (cuts.get(at) ?? []).sort((a, b) => a - b)) {
        parts.push({ first: from, count: id - from }, ...instead(id));
        from = id + 1;
      }
      return [...parts, { first: from, count: run.first + run.count - from }];
    });
  }

  #runOf(id: RowId): number {
    if (this.#byId === null) {
      const runs = [...this.runs.keys()].sort(
        (a, b) => (this.runs[a]?.first ?? 0) - (this.runs[b]?.first ?? 0),
      );
      this.#byId = { runs, firsts: runs.map((at) => this.runs[at]?.first ?? 0) };
    }
    const at = this.#byId.runs[lastAtMost(this.#byId.firsts, id)] ?? -1;
    const run = this.runs[at];
    return run !== undefined && id < run.first + run.count ? at : -1;
  }
}
