import type { AugmentationPlan, RejectedRow, Shortfall, WrittenForSlice } from "../../schema/augmentation.ts";
import type { DatasetRow } from "../../schema/dataset.ts";
import { type Random, shuffled } from "../random.ts";
import type { PoolRow } from "./pool.ts";
import type { PoolSearch } from "./poolSearch.ts";

export interface DrawOptions {
  /** Lint and leak check of a row: null accepts it, otherwise the reason why not. */
  readonly accept: (row: DatasetRow) => string | null;
  /** The names of the dataset that the rows extend. No drawn row may repeat one. */
  readonly usedNames: Iterable<string>;
}

export interface DrawnRows {
  readonly added: WrittenForSlice[];
  readonly rejected: RejectedRow[];
  readonly missing: Shortfall[];
}

/** The file of the pool in a workspace, as reports and provenance name it. */
export const POOL_NAME = "data/row_pool.csv";

/**
 * Draws the rows of a plan from a pool, in an order that `random` determines. Each pool row is considered at most
 * once. A row that repeats a name or that `accept` rejects is listed with the reason, and the next one is drawn.
 * `missing` counts the rows of each step that the pool couldn't supply.
 */
export function drawFromPool(
  plan: AugmentationPlan,
  { pool, candidates }: PoolSearch,
  random: Random,
  { accept, usedNames }: DrawOptions,
): DrawnRows {
  const drawn: DrawnRows = { added: [], rejected: [], missing: [] };
  const names = new Set(usedNames);
  const left = new Set<PoolRow>(shuffled(random, pool));
  for (const step of plan.steps) {
    let wanted = step.count;
    for (const candidate of candidates(step, [...left])) {
      if (wanted === 0) break;
      left.delete(candidate);
      const { description, suggestions } = candidate;
      const row = { description, suggestions };
      const at = { slice: step.slice, source: `${POOL_NAME} row ${candidate.row}` };
      const reason = suggestions.some((name) => names.has(name))
        ? "repeats a name from another row"
        : accept(row);
      if (reason === null) {
        for (const name of suggestions) names.add(name);
        drawn.added.push({ row, ...at });
        wanted -= 1;
      } else {
        drawn.rejected.push({ reason, ...at, ...row });
      }
    }
    if (wanted > 0) drawn.missing.push({ slice: step.slice, kind: step.kind, rows: wanted, reasons: [] });
  }
  return drawn;
}
