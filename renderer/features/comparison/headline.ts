/** The figures a reader asks for first, in this order. */
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

/** The headline figures among those that two files share. */
export function headlineIds(shared: readonly string[]): string[] {
  return headline.filter((id) => shared.includes(id));
}
