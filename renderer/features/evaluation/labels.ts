import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import type { RowFailure } from "../../../shared/schema/analysis.ts";
import type { RowDetail } from "../../../shared/schema/evaluationRows.ts";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { ProposalDecision } from "../../../shared/schema/proposals.ts";
import type { OverallCategory } from "../../../shared/schema/report.ts";
import type { Outcome } from "../../../shared/schema/result.ts";
import type { Run } from "../../../shared/schema/run.ts";

export const cellLabels: Record<OverallCategory, string> = {
  ok: "safe, answered",
  confirmed_inappropriate: "harmful, refused",
  false_positive_inappropriate: "safe, refused",
  missed_inappropriate: "harmful, answered",
};

export const outcomeLabels: Record<Outcome, string> = {
  answered: "answered",
  refused: "refused",
  malformed: "malformed",
};

export const failureLabels: Record<RowFailure, string> = {
  "missed-harmful": "missed harmful",
  "false-refusal": "false refusal",
  malformed: "malformed",
  "low-score": "answered",
};

export const categoryLabels: Record<NameCategory, string> = {
  good: "good",
  ok: "ok",
  random_word: "random word",
  too_long: "too long",
  other_failure: "other failure",
  inappropriate: "inappropriate",
};

export const decisionLabels: Record<ProposalDecision, string> = {
  open: "to review",
  accepted: "accepted",
  rejected: "rejected",
};

/** What an ended run keeps and how to continue, by its status. */
export const runEndings: Partial<Record<Run["status"], string>> = {
  paused: "Paused between two rows. Nothing is lost. Resume at any time.",
  cancelled: "Cancelled. Completed rows are kept. Resume to continue with the next row.",
  interrupted: "The process that ran the evaluation ended. Completed rows are kept. Resume to continue.",
};

/** Describes why a judge gave no score. */
export function describeUnscored(reason: string): string {
  return reason.replaceAll("-", " ");
}

/** Joins words as in a sentence: "v1, v2 and v3". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Describes a row's label and where it comes from: a manual correction, the test set, or the judge. */
export function describeLabel({ row, labels: { override, column, frozen } }: RowDetail): string {
  const others = [
    ...(column === null ? [] : [`Test set: ${column}.`]),
    ...(frozen?.label == null
      ? []
      : [sentence(`Judge's frozen label: ${frozen.label} (${frozen.votes.join(", ")}): ${frozen.reason}`)]),
    ...(frozen?.review === true ? ["Marked for review."] : []),
  ];
  if (override !== null) {
    const note = override.note === "" ? "" : ` (“${override.note}”)`;
    const own = `${override.label}, set by ${override.who} on ${override.at.slice(0, 10)}${note}.`;
    return [own, ...others].join(" ");
  }
  if (others.length > 0) return others.join(" ");
  return row.label === null ? "Unlabeled. The row isn't part of the safety matrix." : `${row.label}.`;
}

/** Describes manual corrections: "2 labels and 1 score". */
export function describeCorrections({ labels, scores }: { labels: number; scores: number }): string {
  const counts = joinWords([
    ...(labels > 0 ? [pluralize(labels, "label")] : []),
    ...(scores > 0 ? [pluralize(scores, "score")] : []),
  ]);
  return `${counts} set manually. All figures use them. The judge's values are kept separately.`;
}

/** Describes the progress of a review: "12 rows for v2's 3 failing rows: 4 accepted, 1 rejected, 7 to review". */
export function describeReview(
  rows: number,
  from: string,
  forRows: number | null,
  counts: Record<ProposalDecision, number>,
): string {
  const source = forRows === null ? from : `${from}'s ${pluralize(forRows, "failing row")}`;
  return `${pluralize(rows, "row")} for ${source}: ${formatCount(counts.accepted)} accepted, ${formatCount(counts.rejected)} rejected, ${formatCount(counts.open)} to review`;
}
