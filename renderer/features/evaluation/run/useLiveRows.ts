import { useEffect, useState } from "react";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { type StreamState, streamContext, useClient, useRunStream } from "../../../api/index.ts";

export interface LiveTable {
  /** The latest state of the run; null: not loaded yet. */
  readonly latest: Omit<LiveRows, "rows"> | null;
  /** The rows that changed last, newest first. */
  readonly rows: readonly LiveRow[];
  readonly state: StreamState;
}

/** Maximum number of listed rows. All rows are in the results after the run. */
export const shownRows = 200;

interface Table {
  readonly latest: LiveTable["latest"];
  readonly rows: ReadonlyMap<string, LiveRow>;
}
const empty: Table = { latest: null, rows: new Map() };

/** Moves changed rows to the end of the map, which keeps insertion order, and drops the oldest rows. */
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
 * Follows a run's rows, also across a lost connection and when an ended run is resumed. `listed` is the run in the list
 * of all runs.
 */
export function useLiveRows(run: string, listed: Run | null): LiveTable {
  const client = useClient();
  const [table, setTable] = useState(empty);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new run starts with an empty table
  useEffect(() => setTable(empty), [run]);
  const state = useRunStream(
    run,
    listed,
    (signal) => client.evaluation.watchRows({ run }, { signal, context: streamContext }),
    (live) => setTable((before) => merged(before, live)),
  );
  return { latest: table.latest, rows: [...table.rows.values()].reverse(), state };
}
