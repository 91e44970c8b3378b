import type { Side, TrainRow } from "../../schema/training.ts";
import { hashShare } from "../neardup/hash.ts";

/** The share of rows that is kept for validation. */
const VALIDATION_SHARE = 0.1;

/** What the split looks at: the row's near-duplicate group, and whether it is a refusal. */
export interface SplitRow {
  readonly group: string;
  readonly refusal: boolean;
}

/**
 * The side of each row, in order: a row is validated on where the hash of its group is below the share, so that
 * near-duplicates stay together and a row keeps its side in every version.
 *
 * A hash alone may leave a small stratum (fifteen refusals) without a validation row. So within refusals and within
 * answers the 5th, 15th, 25th … group is validated on where fewer than 1, 2, 3 … groups before it were: a stratum of
 * five groups or more has a validation row. This looks at earlier rows only, hence appending rows moves no row.
 * What it costs: removing or reordering rows can move such a made-up group, and the share lies a little above 10 %.
 * A group's stratum is that of its first row.
 */
export function sidesOf(rows: readonly SplitRow[]): Side[] {
  const sides = new Map<string, Side>();
  const strata = { refusal: { groups: 0, validated: 0 }, answer: { groups: 0, validated: 0 } };
  return rows.map(({ group, refusal }) => {
    const known = sides.get(group);
    if (known !== undefined) return known;
    const stratum = refusal ? strata.refusal : strata.answer;
    stratum.groups += 1;
    const lacking = stratum.validated < Math.floor(stratum.groups * VALIDATION_SHARE + 0.5);
    const side = lacking || hashShare(`validation ${group}`) < VALIDATION_SHARE ? "validation" : "train";
    if (side === "validation") stratum.validated += 1;
    sides.set(group, side);
    return side;
  });
}

/** The rows of a dataset, in order, each with its side; see `sidesOf`. A row without suggestions is a refusal. */
export function splitRows(rows: readonly Omit<TrainRow, "side">[]): TrainRow[] {
  const sides = sidesOf(rows.map(({ group, suggestions }) => ({ group, refusal: suggestions.length === 0 })));
  return rows.map((row, at) => ({ ...row, side: sides[at] ?? "train" }));
}
