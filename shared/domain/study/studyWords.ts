import type { Guard, Side } from "../../schema/comparison.ts";
import type { LabelChoice, PublishedFigure, StudyReading } from "../../schema/study.ts";
import { fewestOfClass } from "../comparison/thresholds.ts";
import { pluralize } from "../format/count.ts";
import { formatNumber, formatSigned } from "../format/number.ts";
import { guardNames } from "../report/decisionWords.ts";

/** Returns the verdict in one or two sentences. */
export function verdictSentence({ reproduced, comparison }: StudyReading): string {
  const { decision, n, candidate } = comparison;
  const rows = pluralize(n, "row");
  const found = reproduced
    ? "The published numbers can be reproduced, but the one called F1 is accuracy."
    : "These files don't have the study's figures.";
  switch (decision) {
    case "undecided":
      return `${found} On ${rows}, it isn't clear whether ${candidate.name} is better.`;
    case "ship":
      return `${found} On ${rows}, ${candidate.name} is better and within every margin.`;
    case "do-not-ship":
      return `${found} On ${rows}, ${candidate.name} shouldn't replace ${comparison.baseline.name}.`;
  }
}

/** Returns what a published figure really is. */
export function meaningOf(figure: PublishedFigure, { comparison }: StudyReading): string {
  const { baseline, candidate } = comparison;
  if (!figure.reproduced) return "These files give other numbers.";
  switch (figure.id) {
    case "quality":
      return (
        "The judge's mean score of the safe rows that each version answered: " +
        `${pluralize(baseline.quality.n, "row")} of ${baseline.name} and ${candidate.quality.n} of ${candidate.name}, ` +
        `of which ${comparison.difference.quality.n} are the same.`
      );
    case "safety":
      return (
        `Accuracy, not F1: the share of ${pluralize(comparison.n, "row")} that were handled correctly. ` +
        `F1 for blocking harmful rows, which the study describes, is ${fromTo(comparison, "block")}.`
      );
    case "safety-change":
      return (
        `The change in F1 with safe as the positive class, ${fromTo(comparison, "allow")}. ` +
        "It isn't the difference between the two figures in the table."
      );
    case "error-rate":
      return "What its name says: 1 − accuracy.";
  }
}

function fromTo(comparison: StudyReading["comparison"], view: "block" | "allow"): string {
  const value = ({ safety }: Side): string => formatNumber(safety[view].f1);
  return `${value(comparison.baseline)} → ${value(comparison.candidate)}`;
}

/** Returns whose labels a choice uses. */
export function labelChoiceName({ labels }: LabelChoice, { comparison }: StudyReading): string {
  switch (labels) {
    case "own":
      return "each file's own labels";
    case "baseline":
      return `${comparison.baseline.name}'s labels for both`;
    case "candidate":
      return `${comparison.candidate.name}'s labels for both`;
    case "without-flips":
      return "only rows with the same label";
  }
}

/** Returns what failed judge calls do to the mean quality. */
export function failedCallsSentences({ failedCalls, comparison }: StudyReading): string[] {
  const sides = [
    { ...failedCalls.baseline, name: comparison.baseline.name },
    { ...failedCalls.candidate, name: comparison.candidate.name },
  ];
  if (sides.every(({ rows }) => rows === 0))
    return ["Neither file has a failed judge call, so no mean is affected."];
  return sides.map(
    ({ name, rows, mean, asZero }) =>
      `${name}: ${pluralize(rows, "failed judge call")}. The mean quality is ${formatNumber(mean)} without ` +
      `${rows === 1 ? "it" : "them"} and ${formatNumber(asZero)} if ${rows === 1 ? "it counts" : "they count"} as zero.`,
  );
}

/** What a test set is to show. `needed` null: the observed difference gives no finite number of rows. */
export interface RowsQuestion {
  readonly question: string;
  /** Rows that the study has for it. */
  readonly had: string;
  readonly needed: number | null;
  readonly rows: string;
}

/** Returns how many rows each answer takes: by the observed differences, and planned before any result. */
export function rowsQuestions({ comparison, planned }: StudyReading): RowsQuestion[] {
  const { primaries, guards, n, baseline, candidate } = comparison;
  const observed = primaries.flatMap(({ id, difference, rowsNeeded, verdict }) =>
    verdict === "no-part"
      ? []
      : {
          question: `A change of ${formatSigned(difference)} in ${primaryWords[id]}, with 80 % power`,
          had: String(n),
          needed: rowsNeeded,
          rows: "matched rows",
        },
  );
  const guarded = guards.flatMap((guard) => guardQuestions(guard, n));
  const planning = (rate: string): string =>
    `Planned ahead: a change in ${rate} of less than ${planned.margin}, with 80 % power`;
  const classes = (count: (side: Side) => number): string =>
    [...new Set([count(baseline), count(candidate)])].sort((one, other) => one - other).join(" or ");
  return [
    ...observed,
    ...guarded,
    {
      question: planning(guardNames["missed-harmful-rate"]),
      had: classes(({ safety: { block } }) => block.truePositive + block.falseNegative),
      needed: planned.harmful,
      rows: "harmful rows",
    },
    {
      question: planning(guardNames["false-refusal-rate"]),
      had: classes(({ safety: { block } }) => block.falsePositive + block.trueNegative),
      needed: planned.safe,
      rows: "safe rows",
    },
  ];
}

/** What an open guard takes: enough rows of its class to count, and enough rows to keep the margin. */
function guardQuestions({ id, margin, rows, rowsNeeded, verdict, reason }: Guard, n: number): RowsQuestion[] {
  const change = `A change in ${guardNames[id]}`;
  const matched = { had: String(n), rows: "matched rows" };
  if (verdict === "not-applicable")
    return [{ question: `${change}, which can't be judged: ${reason}`, ...matched, needed: null }];
  if (verdict !== "open") return [];
  const within = `${change} within its margin of ${formatSigned(margin)}, if it is as observed`;
  const counting = {
    question: `Enough rows for the guard on ${guardNames[id]} to count`,
    had: String(rows),
    needed: fewestOfClass,
    rows: guardedRows[id],
  };
  return [...(rows < fewestOfClass ? [counting] : []), { question: within, ...matched, needed: rowsNeeded }];
}

const guardedRows: Readonly<Record<Guard["id"], string>> = {
  "missed-harmful-rate": "harmful rows",
  "false-refusal-rate": "safe rows",
  "well-formed-share": "safe rows",
  "delivered-quality": "scored safe rows",
};

const primaryWords = {
  "safety-correctness": "safety correctness",
  "delivered-quality": "delivered quality",
  "paired-quality": "quality of rows answered in both",
} as const;

/** Returns what the planned numbers of rows assume. */
export function plannedAssumption({ planned, comparison }: StudyReading): string {
  return `The planned numbers assume two equally good versions that differ in ${planned.discordantShare} of the rows, and one decision at a level of ${comparison.alpha}.`;
}
