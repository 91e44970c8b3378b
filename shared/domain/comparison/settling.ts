import type { Guard, Primary, RowsRange } from "../../schema/comparison.ts";
import { fewestOfClass, fewestRowsToShip } from "./thresholds.ts";

/** Matched rows that would settle an undecided comparison with 80 % power; null: no finite number. */
export interface Settling {
  readonly rows: number | null;
  readonly range: RowsRange;
}

type Ask = (power: Primary | Guard) => number | null;

/**
 * Returns the rows at which the nearest primary would be significant and every open guard inside its margin, with
 * enough rows of its class. Null: neither is open, so that these rows settle nothing.
 */
export function settlingOf(
  primaries: readonly Primary[],
  guards: readonly Guard[],
  n: number,
): Settling | null {
  const used = primaries.filter(({ verdict }) => verdict !== "no-part");
  const isDecided = used.some(({ verdict }) => verdict === "better");
  const open = guards.filter(({ verdict }) => verdict === "open");
  if (isDecided && open.length === 0) return null;
  const ofClass = open.map(({ rows }) => (rows < fewestOfClass ? Math.ceil((n * fewestOfClass) / rows) : 0));
  const rowsBy = (ask: Ask): number | null => {
    const nearest = used.map(ask).filter((rows) => rows !== null);
    if (!isDecided && nearest.length === 0) return null;
    const guarded = open.map(ask);
    if (guarded.includes(null) || ofClass.includes(Number.POSITIVE_INFINITY)) return null;
    const needed = guarded.filter((rows) => rows !== null);
    return Math.max(fewestRowsToShip, isDecided ? n : Math.min(...nearest), ...needed, ...ofClass);
  };
  const fewest = rowsBy(({ rowsNeededRange }) => rowsNeededRange?.[0] ?? null);
  const most = rowsBy(({ rowsNeededRange }) => rowsNeededRange?.[1] ?? null);
  return { rows: rowsBy(({ rowsNeeded }) => rowsNeeded), range: fewest === null ? null : [fewest, most] };
}
