import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatInterval, formatNumber, formatSignificant } from "../../../shared/domain/format/number.ts";
import { thresholdWords } from "../../../shared/domain/operatingPoint/thresholdWords.ts";
import { trivialPolicy } from "../../../shared/domain/operatingPoint/trivial.ts";
import type { OperatingPoint, Policy, ThresholdUse } from "../../../shared/schema/operatingPoint.ts";
import { figure } from "./figures.ts";
import { table } from "./output.ts";
import { warningLines } from "./warningLines.ts";

interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

function policiesOf(point: OperatingPoint): NamedPolicy[] {
  const { chosen, answerAll, refuseAll } = point.choice;
  if (chosen === null || answerAll === null || refuseAll === null) return [];
  return [
    { name: `chosen: ${thresholdWords(chosen.threshold)}`, policy: chosen },
    { name: "answer everything", policy: answerAll },
    { name: "refuse everything", policy: refuseAll },
  ];
}

/** Returns what a threshold that amounts to a trivial policy does to new rows; none for any other. */
function trivialLines({ choice: { chosen } }: OperatingPoint): string[] {
  const trivial = chosen === null ? null : trivialPolicy(chosen);
  if (trivial === "answer everything")
    return [
      "answering everything costs least at these costs: at this threshold, only a row whose probability is exactly 1 is refused",
    ];
  return trivial === null ? [] : ["refusing everything costs least at these costs: every row is refused"];
}

/** Returns what a version refuses by now, in words. */
function nowWords({ threshold, from }: ThresholdUse): string {
  const by = threshold === null ? "the choice of the first token" : formatSignificant(threshold);
  return `${by} (${from === "version" ? "its own operating point" : "the workspace's default"})`;
}

/** Formats a version's operating point: what to choose, what that costs, and what the trivial policies cost. */
export function operatingPointText(point: OperatingPoint): string {
  const { version, choice, auroc, calibration, rows, leftOut } = point;
  const { costs, harmfulShare, chosen } = choice;
  const policies = policiesOf(point);
  const head = [
    `${version} on ${pluralize(choice.n, rows === "dev" ? "dev row" : "row")}: ${choice.harmful} harmful, ${choice.safe} safe${leftOut === 0 ? "" : `, ${leftOut} without a label or a refusal probability`}`,
    `costs: missed harmful ${costs.falseNegative}, false refusal ${costs.falsePositive}; harmful share ${formatNumber(harmfulShare)}`,
    `refuses now from ${nowWords(point.now)}`,
    ...warningLines(point.warnings),
  ];
  const ranking = `AUROC ${figure(auroc)}, Brier score ${formatNumber(calibration.brier)}, calibration error ${formatNumber(calibration.ece)}`;
  if (chosen === null) return [...head, "no threshold: rows of both classes are needed", ranking].join("\n");
  return [
    ...head,
    "",
    table(policies, [
      { title: "policy", value: ({ name }) => name },
      { title: "cost per row  95 % interval", value: ({ policy }) => figure(policy.expectedCost) },
      { title: "missed harmful", value: ({ policy }) => figure(policy.missedHarmfulRate) },
      { title: "false refusals", value: ({ policy }) => figure(policy.falseRefusalRate) },
    ]),
    `threshold ${formatSignificant(chosen.threshold)}, 95 % interval ${formatInterval(chosen.thresholdCi95, 4)}`,
    ...trivialLines(point),
    `On new rows, expect a cost about ${formatNumber(chosen.optimism)} higher, because the threshold was chosen on these rows.`,
    ranking,
  ].join("\n");
}
