import type { ComparedRows, Side, StampDifference, Warning } from "../../schema/comparison.ts";
import { formatCount, pluralize } from "../format/count.ts";
import { formatShare } from "../format/number.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { labelWarnings } from "./labelWarnings.ts";
import type { Matching } from "./match.ts";
import type { NamedResults } from "./namedResults.ts";
import { poolNote, stampWarnings, thresholdNote } from "./stamps.ts";
import { fewestRowsToShip, mostUnscored } from "./thresholds.ts";
import { validityWarnings } from "./validity.ts";

/** Everything that a warning may refer to. */
export interface Circumstances {
  readonly baseline: NamedResults;
  readonly candidate: NamedResults;
  readonly matching: Matching;
  /** The rows that decide. */
  readonly compared: ComparedRows;
  readonly stampDifferences: readonly StampDifference[];
}

/** Returns what a reader must know before trusting the figures. */
export function comparisonWarnings(found: Circumstances): Warning[] {
  const { matching, compared } = found;
  const flips = matching.pairs.filter(({ flip }) => flip !== null).length;
  const unmatched = matching.onlyInBaseline.length + matching.onlyInCandidate.length;
  return [
    ...[found.baseline, found.candidate].flatMap(validityWarnings),
    ...warn(
      flips > 0,
      "label-flips",
      `${pluralize(flips, "row has", "rows have")} different labels in the two files, so the safety test can't pair them.`,
    ),
    ...warn(
      matching.repeated.length > 0,
      "duplicates",
      `${pluralize(matching.repeated.length, "description appears", "descriptions appear")} more than once in a file. Repeats were matched in order.`,
    ),
    ...warn(
      matching.byNormalizedText > 0,
      "matched-by-text",
      `${pluralize(matching.byNormalizedText, "row was", "rows were")} matched by text without case, spaces and punctuation.`,
    ),
    ...warn(
      unmatched > 0,
      "unmatched-rows",
      `${pluralize(unmatched, "row is", "rows are")} in only one of the two files.`,
    ),
    ...stampWarnings(found.stampDifferences),
    ...thresholdNote(found.baseline.results.stamp, found.candidate.results.stamp),
    ...poolNote(found.baseline.results.stamp, found.candidate.results.stamp),
    ...warn(
      oneIsStamped(found),
      "unequal-stamps",
      "Only one file is stamped, so it is unknown what the two files share besides the descriptions.",
    ),
    ...seedsWithoutScore(found),
    ...[found.baseline, found.candidate].flatMap(fileWarnings),
    ...[compared.baseline, compared.candidate].flatMap(sideWarnings),
    ...warn(
      compared.n < fewestRowsToShip,
      "few-rows",
      `Only ${pluralize(compared.n, "matched row")}. At least ${fewestRowsToShip} are required to ship.`,
    ),
  ];
}

/** Says why refusal probabilities aren't compared, where they could be between single seeds. */
function seedsWithoutScore({ baseline, candidate }: Circumstances): Warning[] {
  const both = [baseline, candidate];
  const group = both.find(({ members }) => members !== undefined);
  const haveProbabilities = both.every(({ results }) =>
    results.rows.some(({ refusalProbability }) => refusalProbability !== null),
  );
  return warn(
    group !== undefined && haveProbabilities,
    "seeds-without-score",
    `Refusal probabilities (AUROC, calibration, thresholds) aren't compared, because each seed of ${group?.name} has its own. Compare single seeds, such as ${group?.members?.[0]?.name}, to see them.`,
  );
}

function fileWarnings({ name, results }: NamedResults): Warning[] {
  const contradictory = testedRows(results).filter((row) => contradicts(row.samples[0])).length;
  return [
    ...warn(
      results.stamp?.tunedOnTest === true,
      "tuned-on-test",
      `Rows of ${name}'s dataset were written from a test set without a split column.`,
    ),
    ...warn(
      results.stamp?.promptUse?.trainedWith !== undefined,
      "other-prompt",
      `${name} was trained with the prompt ${results.stamp?.promptUse?.trainedWith?.name} and evaluated with another text or prompt.`,
    ),
    ...warn(results.stamp?.gate === "failed", "gate-failed", `The parity gate of ${name} failed.`),
    ...warn(results.stamp?.gate === "none", "no-gate", noGate(name)),
    ...warn(
      results.stamp?.canaryAlarms !== undefined,
      "canary",
      `${name}: the judge scored canary rows on the wrong side (${results.stamp?.canaryAlarms?.join(", ")}). Don't trust its scores.`,
    ),
    ...warn(
      contradictory > 0,
      "contradictory-labels",
      `${name}: is_appropriate contradicts overall_category in ${pluralize(contradictory, "row")}. Correctness was taken from overall_category.`,
    ),
  ];
}

function contradicts(row: NamedResults["results"]["rows"][number] | undefined): boolean {
  const category = row?.study?.overallCategory;
  if (category === undefined || category === "other_failure") return false;
  const safe = category === "ok" || category === "false_positive_inappropriate";
  return safe !== (row?.label === "safe");
}

function sideWarnings(side: Side): Warning[] {
  return [
    ...warn(
      side.unscored > 0,
      "unscored",
      `${side.name}: the judge failed on ${pluralize(side.unscored, "row")} of ${formatCount(side.rows)}. Means exclude them.`,
    ),
    ...labelWarnings(side),
    ...warn(
      side.paddingRemoved > 0,
      "padding-removed",
      `${side.name}: ${pluralize(side.paddingRemoved, "padded count was", "padded counts were")} excluded from the category counts (rows other than “ok”).`,
    ),
  ];
}

const noGate = (name: string): string =>
  `${name} has no gate, because it was adopted from a GGUF file. The decision can't be to ship.`;

/** Returns why the decision can't be *ship* for each version without a parity gate. */
export function withoutGate({ baseline, candidate }: Circumstances): string[] {
  return [baseline, candidate].flatMap(({ name, results }) =>
    results.stamp?.gate === "none" ? [noGate(name)] : [],
  );
}

/** Returns why the decision can't be *ship*, whatever the figures are. */
export function obstaclesToShip(found: Circumstances): string[] {
  const { compared, baseline, candidate } = found;
  const stamps = [baseline.results.stamp, candidate.results.stamp];
  const unscored = Math.max(unscoredShare(compared.baseline), unscoredShare(compared.candidate));
  const sentences: [boolean, string][] = [
    [
      compared.n < fewestRowsToShip,
      `${pluralize(compared.n, "matched row is", "matched rows are")} fewer than the required ${fewestRowsToShip}.`,
    ],
    [
      unscored > mostUnscored,
      `${formatShare(unscored)} of the rows are unscored, more than ${mostUnscored}.`,
    ],
    [found.stampDifferences.length > 0 || oneIsStamped(found), "The stamps of the two files differ."],
    [stamps.some((stamp) => stamp?.gate === "failed"), "A parity gate failed."],
    [
      stamps.some((stamp) => stamp?.tunedOnTest === true),
      "Rows were written from a test set without a split column.",
    ],
  ];
  return sentences.filter(([applies]) => applies).map(([, sentence]) => sentence);
}

const unscoredShare = (side: Side): number => (side.rows === 0 ? 0 : side.unscored / side.rows);

const oneIsStamped = ({ baseline, candidate }: Circumstances): boolean =>
  (baseline.results.stamp === null) !== (candidate.results.stamp === null);

/** Returns the warning if it applies, else none. */
export function warn(applies: boolean, code: string, message: string): Warning[] {
  return applies ? [{ code, message }] : [];
}
