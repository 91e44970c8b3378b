import { useEffect, useState } from "react";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import { following, type StreamState, useClient, useStream } from "../../../api/index.ts";

export interface LiveTable {
  /** The latest word of the run; null: nothing was heard yet. */
  readonly latest: Omit<LiveRows, "rows"> | null;
  /** The rows that changed last, newest first. */
  readonly rows: readonly LiveRow[];
  readonly state: StreamState;
}

/** Rows kept in view; the rest is counted, and stands in the results when the run has ended. */
export const shownRows = 200;

interface Table {
  readonly latest: LiveTable["latest"];
  readonly rows: ReadonlyMap<string, LiveRow>;
}
const empty: Table = { latest: null, rows: new Map() };

/** A Map keeps the order of insertion: a row that changes moves to its end. */
function merged({ rows }: Table, { rows: fresh, ...latest }: LiveRows): Table {
  const next = new Map(rows);
  for (const row of fresh) {
    const key = `${row.row}.${row.sample}`;
    next.delete(key);
    next.set(key, row);
  }
  for (const key of next.keys()) {
    if (next.size <= shownRows) break;
    next.delete(key);
  }
  return { latest, rows: next };
}

/**
 * A run's rows as they come in, also over a lost connection and, after it has ended, when it is resumed.
 * `goesOn`: it runs or waits for its turn, by the list of all runs.
 */
export function useLiveRows(run: string, goesOn: boolean): LiveTable {
  const client = useClient();
  const [table, setTable] = useState(empty);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another table.
  useEffect(() => setTable(empty), [run]);
  const state = useStream(
    // The stream ends with the run: one that is resumed is followed anew.
    `${run} ${goesOn ? "goes on" : "as it is"}`,
    (signal) => client.evaluation.watchRows({ run }, { signal, context: following }),
    (live) => setTable((before) => merged(before, live)),
  );
  return { latest: table.latest, rows: [...table.rows.values()].reverse(), state };
}
