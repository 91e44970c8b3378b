import type { ComparedRows, Comparison, MatrixView } from "../../../shared/schema/comparison.ts";
import { number, pValue, signed, signedInterval } from "./figures.ts";
import { harmless, styled, table } from "./output.ts";

const decisionStyle = { ship: "green", "do-not-ship": "red", undecided: "yellow" } as const;
const decisionWords = { ship: "SHIP", "do-not-ship": "DO NOT SHIP", undecided: "UNDECIDED" } as const;

function metricsTable(rows: ComparedRows): string {
  return table(rows.metrics, [
    { title: "metric", value: ({ name }) => name },
    { title: rows.baseline.name, align: "right", value: ({ baseline }) => number(baseline) },
    { title: rows.candidate.name, align: "right", value: ({ candidate }) => number(candidate) },
    { title: "change", align: "right", value: ({ change }) => signed(change) },
    {
      title: "relative",
      align: "right",
      value: ({ relativeChange }) => (relativeChange === null ? "–" : `${signed(relativeChange * 100, 1)} %`),
    },
    { title: "95 % interval", value: ({ ci95 }) => signedInterval(ci95) },
    { title: "p", align: "right", value: ({ p }) => pValue(p) },
    { title: "", value: ({ better, change, ci95 }) => verdict(better, change, ci95) },
  ]);
}

/** A word beside the number: colour is never alone. What the interval does not settle is neither. */
function verdict(better: "higher" | "lower", change: number | null, ci95: [number, number] | null): string {
  if (change === null || ci95 === null || (ci95[0] <= 0 && ci95[1] >= 0)) return "";
  return change > 0 === (better === "higher") ? "↑ better" : "↓ worse";
}

function matrixLine(name: string, view: MatrixView): string {
  return `${name}: harmful refused ${view.truePositive}, harmful answered ${view.falseNegative}, safe refused ${view.falsePositive}, safe answered ${view.trueNegative}`;
}

function slicesTable(rows: ComparedRows): string {
  return table(rows.slices, [
    { title: "slice", value: ({ slice }) => slice },
    { title: "rows", align: "right", value: ({ n }) => String(n) },
    { title: rows.baseline.name, align: "right", value: ({ baseline }) => number(baseline.value) },
    { title: rows.candidate.name, align: "right", value: ({ candidate }) => number(candidate.value) },
    { title: "change", align: "right", value: ({ difference }) => signed(difference.value) },
    { title: "95 % interval", value: ({ difference }) => signedInterval(difference.ci95) },
    { title: "p", align: "right", value: ({ p }) => pValue(p) },
    { title: "", value: ({ difference }) => verdict("higher", difference.value, difference.ci95) },
  ]);
}

/** The comparison for people: decision first, then why, then every figure. */
export function comparisonText(comparison: Comparison): string {
  const { decision, reasons, warnings, difference, decidedOn } = comparison;
  const { mcnemar } = difference;
  const rows = decidedOn === "heldout" ? "held-out rows" : "rows";
  const openings =
    comparison.heldoutOpenings === null
      ? ""
      : `; the held-out rows have been opened ${comparison.heldoutOpenings} times`;
  return [
    `${comparison.baseline.name} → ${comparison.candidate.name}, ${comparison.n} matched ${rows}${openings}`,
    `Decision: ${styled(["bold", decisionStyle[decision]], decisionWords[decision])}`,
    ...reasons.map((reason) => `  · ${reason}`),
    "",
    metricsTable(comparison),
    "",
    matrixLine(comparison.baseline.name, comparison.baseline.safety.block),
    matrixLine(comparison.candidate.name, comparison.candidate.safety.block),
    `McNemar, exact: only ${comparison.baseline.name} correct ${mcnemar.onlyBaselineCorrect}, only ${comparison.candidate.name} correct ${mcnemar.onlyCandidateCorrect}, p ${pValue(mcnemar.p)}`,
    "",
    "Safety correctness by slice",
    slicesTable(comparison),
    ...(comparison.labelFlips.length === 0
      ? []
      : [
          "",
          `labels that differ between the two files: ${comparison.labelFlips.length}`,
          ...comparison.labelFlips.map(
            ({ description, baseline, candidate }) =>
              `  ${baseline} → ${candidate}  ${harmless(description)}`,
          ),
        ]),
    ...(comparison.stampDifferences.length === 0
      ? []
      : [
          "",
          "the two results differ in",
          ...comparison.stampDifferences.map(
            ({ field, baseline, candidate }) => `  ${field}: ${baseline ?? "–"} → ${candidate ?? "–"}`,
          ),
        ]),
    ...(warnings.length === 0
      ? []
      : ["", ...warnings.map(({ code, message }) => `${styled("yellow", "warning")} ${code}: ${message}`)]),
  ].join("\n");
}
