import type { Guard, Primary, RowsRange } from "../../schema/comparison.ts";
import { fewestRowsToShip } from "./thresholds.ts";

/** Matched rows that would settle an undecided comparison with 80 % power; null: no finite number. */
export interface Settling {
  readonly rows: number | null;
  readonly range: RowsRange;
}

type Ask = (power: Primary | Guard) => number | null;

/** The rows at which the nearest primary would be significant and every open guard inside its margin. */
export function settlingOf(primaries: readonly Primary[], guards: readonly Guard[], n: number): Settling {
  const used = primaries.filter(({ verdict }) => verdict !== "no-part");
  const isDecided = used.some(({ verdict }) => verdict === "better");
  const open = guards.filter(({ verdict }) => verdict === "open");
  const rowsBy = (ask: Ask): number | null => {
    const nearest = used.map(ask).filter((rows) => rows !== null);
    if (!isDecided && nearest.length === 0) return null;
    const guarded = open.map(ask);
    if (guarded.includes(null)) return null;
    const needed = guarded.filter((rows) => rows !== null);
    return Math.max(fewestRowsToShip, isDecided ? n : Math.min(...nearest), ...needed);
  };
  const fewest = rowsBy(({ rowsNeededRange }) => rowsNeededRange?.[0] ?? null);
  const most = rowsBy(({ rowsNeededRange }) => rowsNeededRange?.[1] ?? null);
  return { rows: rowsBy(({ rowsNeeded }) => rowsNeeded), range: fewest === null ? null : [fewest, most] };
}
