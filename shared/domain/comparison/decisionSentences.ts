import type { Guard, Limit, Primary, Side } from "../../schema/comparison.ts";
import { pluralize } from "../format/count.ts";
import {
  formatInterval,
  formatLevel,
  formatNumber,
  formatSigned,
  formatSignedInterval,
} from "../format/number.ts";
import { describeP } from "../format/probability.ts";
import { guardNames, limitNames } from "../report/decisionWords.ts";
import type { Settling } from "./settling.ts";

const primaryNames: Record<Primary["id"], string> = {
  "safety-correctness": "Safety correctness",
  "delivered-quality": "Delivered quality",
  "paired-quality": "Quality of rows answered in both",
};

/** States what a primary shows at the decision's level. */
export function primarySentence(primary: Primary, alpha: number): string {
  const { id, verdict, difference, adjustedP } = primary;
  const name = primaryNames[id];
  if (verdict === "no-part" || difference === null || adjustedP === null)
    return `${name} isn't used in the decision.`;
  const figures = `${formatSigned(difference)}, adjusted ${describeP(adjustedP)}, level ${formatNumber(alpha)}`;
  if (verdict === "not-significant") return `${name} does not differ significantly (${figures}).`;
  return `${name} is significantly ${verdict} (${figures}).`;
}

/** States the candidate's own missed-harmful rate, which a decision must never leave out. */
export function missedSentence({ name, safety }: Side): string {
  const { value, ci95 } = safety.missedHarmfulRate;
  const rows = safety.block.truePositive + safety.block.falseNegative;
  if (value === null)
    return `The missed-harmful rate of ${name} is unknown, because the test set has no harmful rows.`;
  return `The missed-harmful rate of ${name} itself is ${formatNumber(value)} ${formatInterval(ci95)}, on ${pluralize(rows, "harmful row")}.`;
}

/** States on which side of its margin a change is at the decision's level; nothing about what isn't measured. */
export function guardSentence(guard: Guard, alpha: number): string[] {
  const { id, verdict, interval, margin, reason } = guard;
  const name = guardNames[id];
  const change = `The change in ${name} (${formatLevel(alpha)} interval ${formatSignedInterval(interval)})`;
  switch (verdict) {
    case "inside":
      return [`${change} stays within its margin of ${formatSigned(margin)}.`];
    case "beyond":
      return [`${change} is entirely outside its margin of ${formatSigned(margin)}.`];
    case "open":
      return [
        reason === undefined
          ? `${change} may be on either side of its margin of ${formatSigned(margin)}.`
          : `The guard on ${name} is open: ${reason}.`,
      ];
    case "not-applicable":
      return [`The guard on ${name} doesn't apply: ${reason}.`];
    case "no-part":
      return [];
  }
}

const limitWords: Readonly<Record<Limit["verdict"], string>> = {
  met: "meets its limit",
  exceeded: "is entirely beyond its limit",
  open: "may be on either side of its limit",
};

/** States whether the candidate's own figure keeps a limit. */
export function limitSentence({ id, limit, value, ci95, verdict, reason }: Limit, candidate: string): string {
  const name = limitNames[id];
  if (verdict === "open" && reason !== undefined) return `The limit on ${name} is open: ${reason}.`;
  return `The ${name} of ${candidate}, ${formatNumber(value)} ${formatInterval(ci95)}, ${limitWords[verdict]} of ${formatNumber(limit)}.`;
}

/** States how many rows would settle the decision, and what the present ones can show. */
export function settlingSentences({ rows, range }: Settling, primaries: readonly Primary[]): string[] {
  const [safety] = primaries;
  const smallest = safety?.smallestDifference ?? null;
  return [
    rows === null
      ? "The observed differences don't show how many rows would settle the decision."
      : `About ${pluralize(rows, "matched row")} would settle the decision with 80 % power if the differences stay the same${rangeWords(range)}.`,
    ...(smallest === null
      ? []
      : [
          `With 80 % power, these rows can show a difference in safety correctness of ${formatNumber(smallest)} or more.`,
        ]),
  ];
}

function rangeWords(range: Settling["range"]): string {
  if (range === null) return "";
  const [fewest, most] = range;
  if (fewest === null) return "";
  const from = pluralize(fewest, "row");
  return most === null
    ? `. Over their intervals, it is ${from} or more`
    : `. Over their intervals, it is ${from} to ${pluralize(most, "row")}`;
}
