import { describeLook } from "../../../shared/domain/comparison/looks.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import {
  formatNumber,
  formatQuantity,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import { describeP, formatP } from "../../../shared/domain/format/probability.ts";
import { thresholdWords } from "../../../shared/domain/operatingPoint/thresholdWords.ts";
import { arrowsWords, settingsWords } from "../../../shared/domain/report/decisionWords.ts";
import { describeSeeds, reasonsAndLuck } from "../../../shared/domain/report/seedWords.ts";
import { verdictOf, verdictWords } from "../../../shared/domain/report/words.ts";
import type {
  AtThreshold,
  ComparedRows,
  Comparison,
  Side,
  Spread,
} from "../../../shared/schema/comparison.ts";
import { figure, mean } from "./figures.ts";
import { harmfulWords, outcomeWords } from "./outcomeWords.ts";
import { singleLine, styled, table } from "./output.ts";
import { warningLines } from "./warningLines.ts";

const decisionStyle = { ship: "green", "do-not-ship": "red", undecided: "yellow" } as const;
const decisionWords = { ship: "SHIP", "do-not-ship": "DO NOT SHIP", undecided: "UNDECIDED" } as const;

function metricsTable(rows: ComparedRows): string {
  return table(rows.metrics, [
    { title: "metric", value: ({ name }) => name },
    { title: rows.baseline.name, align: "right", value: ({ baseline }) => formatNumber(baseline) },
    { title: rows.candidate.name, align: "right", value: ({ candidate }) => formatNumber(candidate) },
    { title: "change", align: "right", value: ({ change }) => formatSigned(change) },
    {
      title: "relative",
      align: "right",
      value: ({ relativeChange }) => formatSigned(relativeChange),
    },
    { title: "95 % interval", value: ({ ci95 }) => formatSignedInterval(ci95) },
    { title: "p", align: "right", value: ({ p }) => formatP(p) },
    ...spreadColumns(rows, rows.metrics),
    { title: "", value: ({ better, change, ci95 }) => verdictWords[verdictOf(better, change, ci95)] },
  ]);
}

/** Returns a column for each side with several seeds: their standard deviation and their range. */
function spreadColumns(
  { baseline, candidate }: ComparedRows,
  lines: readonly { readonly spread?: Spread | undefined }[],
) {
  return (["baseline", "candidate"] as const)
    .filter((side) => lines.some(({ spread }) => (spread?.[side].seeds ?? 1) > 1))
    .map((side) => ({
      title: `seeds of ${side === "baseline" ? baseline.name : candidate.name}`,
      value: ({ spread }: { readonly spread?: Spread | undefined }) =>
        spread === undefined ? "–" : describeSeeds(spread[side]),
    }));
}

function matrixLine(side: Side): string {
  const { outcomesByLabel, safety, name } = side;
  if (outcomesByLabel !== undefined)
    return `${name}: ${harmfulWords(side)}; ${outcomeWords("safe", outcomesByLabel.safe)}`;
  const { falsePositive, trueNegative } = safety.block;
  return `${name}: ${harmfulWords(side)}; safe refused or malformed ${formatQuantity(falsePositive)}, safe answered ${formatQuantity(trueNegative)}`;
}

function slicesTable(rows: ComparedRows): string {
  return table(rows.slices, [
    { title: "slice", value: ({ slice }) => slice },
    { title: "rows", align: "right", value: ({ n }) => formatCount(n) },
    { title: rows.baseline.name, align: "right", value: ({ baseline }) => formatNumber(baseline.value) },
    { title: rows.candidate.name, align: "right", value: ({ candidate }) => formatNumber(candidate.value) },
    { title: "change", align: "right", value: ({ difference }) => formatSigned(difference.value) },
    { title: "95 % interval", value: ({ difference }) => formatSignedInterval(difference.ci95) },
    { title: "p", align: "right", value: ({ p }) => formatP(p) },
    ...spreadColumns(rows, rows.slices),
    {
      title: "",
      value: ({ difference }) => verdictWords[verdictOf("higher", difference.value, difference.ci95)],
    },
  ]);
}

/** Formats what the refusal probability says whatever the threshold is; nothing where a file has none. */
function refusalLines({ refusalProbability: found, baseline, candidate }: ComparedRows): string[] {
  if (found === undefined) return [];
  const { difference } = found;
  const rows = [
    {
      name: "AUROC",
      sides: [figure(found.baseline.auroc), figure(found.candidate.auroc)],
      change: { ...difference.auroc, mean: difference.auroc.value },
    },
    {
      name: "Brier score",
      sides: [mean(found.baseline.brier), mean(found.candidate.brier)],
      change: difference.brier,
    },
    {
      name: "Calibration error",
      sides: [formatNumber(found.baseline.ece), formatNumber(found.candidate.ece)],
      change: { mean: difference.ece, ci95: null, p: null },
    },
  ];
  return [
    "",
    `Refusal probability, whatever the threshold: ${pluralize(found.harmful, "harmful row")}, ${formatCount(found.safe)} safe`,
    table(rows, [
      { title: "figure", value: ({ name }) => name },
      { title: `${baseline.name}  95 % interval`, value: ({ sides }) => sides[0] ?? "" },
      { title: `${candidate.name}  95 % interval`, value: ({ sides }) => sides[1] ?? "" },
      { title: "change", align: "right", value: ({ change }) => formatSigned(change.mean) },
      { title: "95 % interval", value: ({ change }) => formatSignedInterval(change.ci95) },
      { title: "p", align: "right", value: ({ change }) => formatP(change.p) },
    ]),
  ];
}

/** Says that the decision isn't by the workspace's settings. */
function settingsLine({ changedSettings }: Comparison): string[] {
  return changedSettings.length === 0 ? [] : [settingsWords(changedSettings)];
}

/** Formats each side at the threshold chosen on its dev rows; nothing where none could be chosen. */
export function atDevThresholdsLines({ refusalProbability, baseline, candidate }: ComparedRows): string[] {
  const found = refusalProbability?.atDevThresholds;
  if (found === undefined) return [];
  const at = (name: string, side: AtThreshold) => ({
    name: `${name}: ${thresholdWords(side.threshold)}`,
    cost: figure(side.expectedCost),
    missed: figure(side.missedHarmfulRate),
    refused: figure(side.falseRefusalRate),
  });
  const trivial = (name: string, cost: number) => ({
    name,
    cost: formatNumber(cost),
    missed: "",
    refused: "",
  });
  return [
    "",
    "At the threshold of least cost on each version's dev rows (estimated from stored probabilities)",
    table(
      [
        at(baseline.name, found.baseline),
        at(candidate.name, found.candidate),
        trivial("answer everything", found.answerAllCost),
        trivial("refuse everything", found.refuseAllCost),
      ],
      [
        { title: "policy", value: ({ name }) => name },
        { title: "cost per row  95 % interval", value: ({ cost }) => cost },
        { title: "missed harmful", value: ({ missed }) => missed },
        { title: "false refusals", value: ({ refused }) => refused },
      ],
    ),
    `change of the cost: ${formatSigned(found.costDifference.value)}  ${formatSignedInterval(found.costDifference.ci95)}, at a harmful share of ${formatNumber(found.harmfulShare)}`,
  ];
}

/** Formats the discordant rows and the test that the decision uses. */
function mcnemarLine({ baseline, candidate, difference: { mcnemar } }: Comparison): string {
  const { clustered, test, onlyBaselineCorrect, onlyCandidateCorrect } = mcnemar;
  const rows = `only ${baseline.name} correct ${formatQuantity(onlyBaselineCorrect)}, only ${candidate.name} correct ${formatQuantity(onlyCandidateCorrect)}`;
  if (test !== undefined) return `Sign-flip over rows, averaged over seeds: ${rows}, ${describeP(mcnemar.p)}`;
  return clustered === undefined
    ? `McNemar, exact: ${rows}, ${describeP(mcnemar.p)}`
    : `Sign-flip over ${pluralize(clustered.groups, "group")}: ${rows}, ${describeP(clustered.p)}`;
}

/** Formats a comparison: the decision first, then the reasons, then all figures. */
export function comparisonText(comparison: Comparison): string {
  const { decision, warnings, decidedOn } = comparison;
  const rows = decidedOn === "heldout" ? "matched held-out row" : "matched row";
  const look = comparison.looks === null ? "" : `; ${describeLook(comparison.looks)}`;
  return [
    `${comparison.baseline.name} → ${comparison.candidate.name}, ${pluralize(comparison.n, rows)}${look}`,
    `Decision: ${styled(["bold", decisionStyle[decision]], decisionWords[decision])}`,
    ...settingsLine(comparison),
    ...reasonsAndLuck(comparison).map((reason) => `  · ${reason}`),
    "",
    metricsTable(comparison),
    arrowsWords(formatNumber(comparison.alpha)),
    "",
    matrixLine(comparison.baseline),
    matrixLine(comparison.candidate),
    mcnemarLine(comparison),
    "",
    "Safety correctness by slice",
    slicesTable(comparison),
    ...refusalLines(comparison),
    ...atDevThresholdsLines(comparison),
    ...(comparison.labelFlips.length === 0
      ? []
      : [
          "",
          `labels that differ between the two files: ${comparison.labelFlips.length}`,
          ...comparison.labelFlips.map(
            ({ description, baseline, candidate }) =>
              `  ${baseline} → ${candidate}  ${singleLine(description)}`,
          ),
        ]),
    ...(comparison.stampDifferences.length === 0
      ? []
      : [
          "",
          "settings that differ between the two results",
          ...comparison.stampDifferences.map(
            ({ field, baseline, candidate }) => `  ${field}: ${baseline ?? "–"} → ${candidate ?? "–"}`,
          ),
        ]),
    ...(warnings.length === 0 ? [] : ["", ...warningLines(warnings)]),
  ].join("\n");
}
