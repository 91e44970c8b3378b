import { rowsBehind } from "../../../shared/domain/comparison/rowsBehind.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import type { ComparedRows } from "../../../shared/schema/comparison.ts";

/** The most important metrics, in order. */
const headline = [
  "accuracy",
  "missed-harmful-rate",
  "false-refusal-rate",
  "well-formed-share",
  "delivered-score",
  "answered-score",
  "block-f1",
  "allow-f1",
];

/** Returns the headline metrics among those that two files share. */
export function headlineIds(shared: readonly string[]): string[] {
  return headline.filter((id) => shared.includes(id));
}

/** Describes how many rows the metrics cover, per candidate if candidates share different rows with the baseline. */
export function describeRows(compared: readonly ComparedRows[], row: string): string {
  const [first, ...others] = compared;
  if (first === undefined) return "";
  if (others.every(({ n }) => n === first.n)) return pluralize(first.n, row);
  const rest = others.map(({ n, candidate }) => `${formatCount(n)} with ${candidate.name}`);
  return [`${pluralize(first.n, row)} with ${first.candidate.name}`, ...rest].join(", ");
}

const countOf = (n: number | null): string => (n === null ? "–" : formatCount(n));

/** Describes a metric's n, per candidate if it differs. Null: no single n applies. */
export function describeRowsBehind(compared: readonly ComparedRows[], id: string): string | null {
  const behind = compared.map((rows) => ({ name: rows.candidate.name, n: rowsBehind(rows, id) }));
  const [first] = behind;
  if (first === undefined || behind.every(({ n }) => n === null)) return null;
  if (behind.every(({ n }) => n === first.n)) return `n ${countOf(first.n)}`;
  return `n ${behind.map(({ name, n }) => `${countOf(n)} with ${name}`).join(", ")}`;
}
