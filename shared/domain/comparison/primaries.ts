import type { ComparedRows, Difference, MeanDifference, Primary } from "../../schema/comparison.ts";
import { holmAdjusted } from "../statistics/holm.ts";
import type { PairedDifference } from "../statistics/paired.ts";
import { mcnemarPower, meanPower, noPower, type Power } from "../statistics/rowsNeeded.ts";

/** The paired scores that decide, and which they are. */
export interface QualityBasis {
  readonly id: "delivered-quality" | "paired-quality";
  readonly paired: Pick<PairedDifference, "standardError" | "n">;
}

/** The two tests, Holm-adjusted. Of a primary that isn't used, p is null. */
export function primariesOf(compared: ComparedRows, quality: QualityBasis | null, alpha: number): Primary[] {
  const id = quality?.id ?? "delivered-quality";
  const difference = quality === null ? undefined : qualityDifference(compared.difference, id);
  const safety = {
    id: "safety-correctness" as const,
    difference: compared.difference.accuracy.value,
    p: safetyP(compared.difference),
  };
  const second = { id, difference: difference?.mean ?? null, p: difference?.p ?? null };
  const taking = [safety, second].filter(({ p }) => p !== null);
  const adjusted = holmAdjusted(taking.map(({ p }) => p ?? 1));
  // Holm holds the first of two to half the level.
  const level = alpha / Math.max(1, taking.length);
  const powers = [safetyPower(compared, level), qualityPower(compared, difference, quality, level)];
  return [safety, second].map((primary, index) => {
    const place = taking.indexOf(primary);
    const adjustedP = place < 0 ? null : (adjusted[place] ?? null);
    const verdict = verdictOf(primary.difference, adjustedP, alpha);
    return { ...primary, adjustedP, verdict, ...(powers[index] ?? noPower) };
  });
}

/** Where labels flip, the most cautious of the four tests counts; where rows form groups, the test over groups. */
function safetyP({ mcnemar }: Difference): number | null {
  if (pairsOf(mcnemar) === 0) return null;
  return Math.max(mcnemar.clustered?.p ?? mcnemar.p, ...Object.values(mcnemar.sensitivity ?? {}));
}

/** Whether it depends on whose labels are used if the safety test is significant. */
export function straddlesLevel({ mcnemar }: Difference, alpha: number): boolean {
  if (mcnemar.sensitivity === undefined) return false;
  const ps = [mcnemar.p, ...Object.values(mcnemar.sensitivity)];
  return ps.some((p) => p < alpha) && ps.some((p) => p >= alpha);
}

const pairsOf = (table: Difference["mcnemar"]): number =>
  table.bothCorrect + table.onlyBaselineCorrect + table.onlyCandidateCorrect + table.neitherCorrect;

function safetyPower({ difference, n }: ComparedRows, alpha: number): Power {
  const { mcnemar, accuracy } = difference;
  const { onlyBaselineCorrect: onlyBaseline, onlyCandidateCorrect: onlyCandidate } = mcnemar;
  const pairs = pairsOf(mcnemar);
  return scaled(
    mcnemarPower({ onlyBaseline, onlyCandidate, n: pairs, ci95: accuracy.ci95, alpha }),
    n / pairs,
  );
}

function qualityPower(
  { n }: ComparedRows,
  difference: MeanDifference | undefined,
  quality: QualityBasis | null,
  alpha: number,
): Power {
  if (difference === undefined || quality === null) return noPower;
  const { standardError, n: scored } = quality.paired;
  return scaled(meanPower(difference.mean, standardError, scored, difference.ci95, alpha), n / scored);
}

/** In matched rows of this composition, of which only some bear on the figure. */
function scaled(power: Power, factor: number): Power {
  const scale = (rows: number | null): number | null => (rows === null ? null : Math.ceil(rows * factor));
  const range = power.rowsNeededRange;
  return {
    ...power,
    rowsNeeded: scale(power.rowsNeeded),
    rowsNeededRange: range === null ? null : [scale(range[0]), scale(range[1])],
  };
}

function qualityDifference(difference: Difference, id: Primary["id"]): MeanDifference | undefined {
  return id === "delivered-quality" ? difference.deliveredQuality : difference.quality;
}

function verdictOf(difference: number | null, adjustedP: number | null, alpha: number): Primary["verdict"] {
  if (difference === null || adjustedP === null) return "no-part";
  if (adjustedP >= alpha || difference === 0) return "not-significant";
  return difference > 0 ? "better" : "worse";
}
