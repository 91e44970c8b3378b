import type {
  ComparedRows,
  ComparisonSettings,
  MeanDifference,
  RefusalComparison,
} from "../../schema/comparison.ts";
import { meanOf } from "../metrics/side.ts";
import { aurocDifference, aurocOf } from "../operatingPoint/auroc.ts";
import { calibrationOf, squaredError } from "../operatingPoint/calibration.ts";
import { type LabeledScore, labeledScore } from "../operatingPoint/scores.ts";
import { exchangeTest } from "../statistics/permutation.ts";
import { talliesOf } from "../statistics/tallies.ts";
import { atDevThresholds } from "./atDevThresholds.ts";
import type { RowPair } from "./match.ts";

/**
 * Compares two files' refusal probabilities as scores, on matched rows that both label alike. Adds nothing where no
 * pair has a probability on both sides, as in files of the study's format.
 */
export function refusalComparison(
  pairs: readonly RowPair[],
  settings: ComparisonSettings,
  dev: { readonly baseline: readonly LabeledScore[]; readonly candidate: readonly LabeledScore[] } | null,
): Pick<ComparedRows, "refusalProbability"> {
  const baseline: LabeledScore[] = [];
  const candidate: LabeledScore[] = [];
  for (const pair of pairs) {
    if (pair.flip !== null) continue;
    const [one] = labeledScore(pair.baseline, pair.baselineLabel);
    const [other] = labeledScore(pair.candidate, pair.candidateLabel);
    if (one === undefined || other === undefined) continue;
    baseline.push(one);
    // Both sides are resampled in the same groups.
    candidate.push({ ...other, group: one.group });
  }
  if (baseline.length === 0) return {};
  const [one, other] = [figuresOf(baseline, settings), figuresOf(candidate, settings)];
  const { difference: value, ...tested } = aurocDifference(baseline, candidate);
  const harmful = baseline.filter((row) => row.harmful).length;
  return {
    refusalProbability: {
      n: baseline.length,
      harmful,
      safe: baseline.length - harmful,
      baseline: one,
      candidate: other,
      difference: {
        auroc: { value, ...tested },
        brier: brierDifference(baseline, candidate, settings),
        ece: one.ece === null || other.ece === null ? null : other.ece - one.ece,
      },
      ...(dev === null ? {} : atDevThresholds({ baseline, candidate, dev }, settings)),
    },
  };
}

function figuresOf(
  rows: readonly LabeledScore[],
  settings: ComparisonSettings,
): RefusalComparison["baseline"] {
  const { harmful: _, safe: __, ...auroc } = aurocOf(rows);
  return {
    auroc,
    brier: meanOf(
      rows.map((row) => ({ group: row.group, value: squaredError(row) })),
      settings,
    ),
    ece: calibrationOf(rows).ece,
  };
}

/** The mean difference of the squared errors with its BCa interval, and the sign-flip test over groups. */
function brierDifference(
  baseline: readonly LabeledScore[],
  candidate: readonly LabeledScore[],
  settings: ComparisonSettings,
): MeanDifference {
  const errors = (rows: readonly LabeledScore[]) =>
    talliesOf(
      rows.map((row) => ({ group: row.group, vector: [squaredError(row)] })),
      1,
    );
  const n = baseline.length;
  const mean = (totals: Float64Array) => (totals[0] as number) / n;
  const [p = null] = exchangeTest(errors(baseline), errors(candidate), [mean], settings);
  const differences = baseline.map((row, index) => ({
    group: row.group,
    value: squaredError(candidate[index] as LabeledScore) - squaredError(row),
  }));
  return { ...meanOf(differences, settings), p };
}
