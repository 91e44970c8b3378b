import type { PlannedGroup, WeakReason } from "../../schema/augmentation.ts";
import { WeakReasonSchema } from "../../schema/augmentation.ts";
import type { Label } from "../../schema/dataset.ts";
import type { Results } from "../../schema/result.ts";
import { studiedRows, unnamedSlice } from "../analysis/slices.ts";
import { Failure } from "../failure.ts";
import { type TestedRow, testedRows } from "../metrics/testedRow.ts";
import { reasonWeights, type WeakRow, weakReason } from "./weakRow.ts";
import { wordGroups } from "./wordGroups.ts";

/** Weak dev rows of a slice, or of rows without a slice that share words. */
export interface SliceWeakness {
  /** The slice, or the name of the group. */
  readonly slice: string;
  readonly label: Label;
  /** Rows of the slice, or all rows without a slice, with this label. */
  readonly n: number;
  readonly weak: readonly WeakRow[];
  /** Absent for a slice. */
  readonly group?: GroupSubject;
}

/** What the rows of a group are about. */
interface GroupSubject {
  /** The most typical words first. */
  readonly words: readonly string[];
  /** For an LLM: these words, or its own name for them. Null: the rows have no words. */
  readonly topic: string | null;
}

/** Number of a group's words that make its name. */
const namingWords = 3;
/** The slice of ordinary rows, which keep safe rows without a slice in practice. */
const ordinarySlice = "everyday";

/** The weight of a slice's weak rows by its size: one weak row of one says less than nine of ten. */
export const weaknessOf = ({ weak, n }: Pick<SliceWeakness, "weak" | "n">): number =>
  weak.reduce((sum, { reason }) => sum + reasonWeights[reason], 0) / (n + 2);

/** Counts weak rows by their reason, in the order of the reasons. */
export function reasonsOf(weak: readonly WeakRow[]): PlannedGroup["reasons"] {
  const count = (reason: WeakReason) => weak.filter((row) => row.reason === reason).length;
  return WeakReasonSchema.options
    .map((reason) => ({ reason, failures: count(reason) }))
    .filter(({ failures }) => failures > 0);
}

/**
 * The weak dev rows of a version by slice, and those without a slice by near-duplicates and shared words. `selected`
 * null: every row with a reason is weak; otherwise the selected ones. Slices without a weak row stay in, so that a plan
 * keeps them in practice.
 * @throws Failure `bad-value` for a selected row that is held out, unlabelled or not in the results.
 */
export function weakSlices(results: Results, selected: readonly number[] | null): SliceWeakness[] {
  if (selected !== null) refuseOthers(results, selected);
  const wanted = selected === null ? null : new Set(selected);
  const counted = studiedRows(results).filter(
    ({ label, blockedShare }) => label !== null && blockedShare !== null,
  );
  const byLabel = Map.groupBy(counted, ({ label }) => label as Label);
  const slices = [...byLabel].flatMap(([label, rows]) => {
    const weak = weakRows(rows, label, results, wanted);
    const [named, unnamed] = [
      rows.filter(({ slice }) => slice !== null),
      rows.filter(({ slice }) => slice === null),
    ];
    return [...inSlices(named, label, weak), ...inGroups(unnamed, label, weak)];
  });
  return withOrdinaryRows(slices, counted).sort(weakestFirst);
}

/** Orders slices by their weakness, then by name and label, so that the order of the rows doesn't matter. */
export function weakestFirst(one: SliceWeakness, other: SliceWeakness): number {
  return (
    weaknessOf(other) - weaknessOf(one) ||
    one.slice.localeCompare(other.slice) ||
    one.label.localeCompare(other.label)
  );
}

function weakRows(
  rows: readonly TestedRow[],
  label: Label,
  results: Results,
  wanted: ReadonlySet<number> | null,
): ReadonlyMap<number, WeakRow> {
  const weak = new Map<number, WeakRow>();
  for (const tested of rows) {
    const { row, description } = tested;
    if (wanted?.has(row) === false) continue;
    const reason = weakReason(tested, label, results) ?? (wanted === null ? null : "selected");
    if (reason !== null) weak.set(row, { row, description, reason });
  }
  return weak;
}

type WeakByRow = ReadonlyMap<number, WeakRow>;

function inSlices(rows: readonly TestedRow[], label: Label, weak: WeakByRow): SliceWeakness[] {
  const slices = Map.groupBy(rows, ({ slice }) => slice ?? "");
  return [...slices].map(([slice, members]) => ({
    slice,
    label,
    n: members.length,
    weak: members.flatMap(({ row }) => weak.get(row) ?? []),
  }));
}

function inGroups(rows: readonly TestedRow[], label: Label, weak: WeakByRow): SliceWeakness[] {
  const groups = wordGroups(
    rows.flatMap(({ row }) => weak.get(row) ?? []),
    rows.map(({ description }) => description),
  );
  const named = Map.groupBy(groups, ({ words }) => words.slice(0, namingWords).join(", ") || unnamedSlice);
  return [...named].map(([slice, same]) => ({
    slice,
    label,
    n: rows.length,
    weak: same.flatMap((group) => group.rows),
    group: { words: same[0]?.words ?? [], topic: same[0]?.words.join(", ") || null },
  }));
}

/** Adds the ordinary slice where safe rows have no slice: their groups are too narrow to keep a model in practice. */
function withOrdinaryRows(slices: SliceWeakness[], rows: readonly TestedRow[]): SliceWeakness[] {
  const unnamed = rows.filter(({ slice, label }) => slice === null && label === "safe").length;
  const has = slices.some(({ slice, label }) => slice === ordinarySlice && label === "safe");
  if (unnamed === 0 || has) return slices;
  return [...slices, { slice: ordinarySlice, label: "safe", n: unnamed, weak: [] }];
}

function refuseOthers(results: Results, selected: readonly number[]): void {
  const rows = new Map(testedRows(results).map((row) => [row.row, row]));
  const heldout = selected.filter((row) => results.stamp !== null && rows.get(row)?.split === "heldout");
  if (heldout.length > 0) {
    throw new Failure("bad-value", `you can't write rows for held-out rows (${heldout.join(", ")})`, {
      hint: "Select dev rows. Training rows written from held-out rows would invalidate their results.",
    });
  }
  const unusable = selected.filter((row) => (rows.get(row)?.label ?? null) === null);
  if (unusable.length > 0) {
    throw new Failure(
      "bad-value",
      `rows ${unusable.join(", ")} have no label or are not in these results, so their correct answer is unknown`,
      { hint: "Label these rows first, or select other rows." },
    );
  }
}
