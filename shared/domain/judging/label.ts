import type { Label } from "../../schema/dataset.ts";
import type { FrozenLabel, LabelVerdict } from "../../schema/judge.ts";

/** How often a judge is asked about one description before its label is frozen. */
export const labelCalls = 3;

/** What the judge's calls about one description come to. */
export type LabelMajority = Pick<FrozenLabel, "label" | "votes" | "review" | "reason">;

/**
 * The majority of three calls: a label that at least two of them gave, else null (unlabelled). `review` marks a
 * row for the user: the calls disagreed, or one of them failed. The reason is the first of the winning side, or
 * why there is none.
 */
export function majorityLabel(verdicts: readonly LabelVerdict[]): LabelMajority {
  const votes = verdicts.map((verdict) => (verdict.kind === "labelled" ? verdict.label : "unscored"));
  const needed = Math.floor(labelCalls / 2) + 1;
  const label = (["safe", "harmful"] as const).find(
    (candidate) => votes.filter((vote) => vote === candidate).length >= needed,
  );
  const unanimous = votes.length === labelCalls && votes.every((vote) => vote === votes[0]);
  const deciding = verdicts.find((verdict) =>
    label === undefined
      ? verdict.kind === "unscored"
      : verdict.kind === "labelled" && verdict.label === label,
  );
  const reason = deciding?.kind === "unscored" ? `${deciding.reason}: ${deciding.detail}` : deciding?.reason;
  return {
    label: label ?? null,
    votes,
    review: !(unanimous && label !== undefined),
    reason: reason ?? "no majority",
  };
}

/** The three places a label can come from; null or undefined: it says nothing. */
export interface LabelSources {
  readonly override?: Label | null | undefined;
  readonly column?: Label | null | undefined;
  readonly frozen?: Label | null | undefined;
}

/** A row's label and where it came from; both null: unlabelled, outside the safety matrix and counted. */
export type ResolvedLabel =
  | { readonly label: Label; readonly source: "override" | "column" | "frozen" }
  | { readonly label: null; readonly source: null };

/** The user's override counts first, then the test set's own column, then the frozen verdict. */
export function resolveLabel({ override, column, frozen }: LabelSources): ResolvedLabel {
  if (override != null) return { label: override, source: "override" };
  if (column != null) return { label: column, source: "column" };
  if (frozen != null) return { label: frozen, source: "frozen" };
  return { label: null, source: null };
}

/**
 * The label of each row by its sources. Overrides and frozen labels are found by the description, exactly; of two
 * overrides of one description the later one counts.
 */
export function labelRows<Row extends { readonly description: string; readonly label: Label | null }>(
  rows: readonly Row[],
  overrides: readonly { readonly description: string; readonly label: Label }[],
  frozen: readonly Pick<FrozenLabel, "description" | "label">[],
): (Omit<Row, "label"> & { readonly label: Label | null; readonly labelSource: ResolvedLabel["source"] })[] {
  const overridden = new Map(overrides.map(({ description, label }) => [description, label]));
  const kept = new Map(frozen.map(({ description, label }) => [description, label]));
  return rows.map((row) => {
    const { description, label: column } = row;
    const resolved = resolveLabel({
      override: overridden.get(description),
      column,
      frozen: kept.get(description),
    });
    return { ...row, label: resolved.label, labelSource: resolved.source };
  });
}
