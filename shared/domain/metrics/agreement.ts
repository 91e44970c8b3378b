import { rankedPairs } from "../statistics/rankCorrelation.ts";
import { ratio } from "./matrix.ts";

/** How well a judge's scores agree with the user's; null: undefined (no data, or one side constant). */
export interface Agreement {
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Cohen's kappa with quadratic weights (1968) over whole scores. */
  readonly kappaQuadratic: number | null;
  readonly meanAbsoluteError: number | null;
}

/** Throws RangeError where the two are not equally long. */
export function agreement(judge: readonly number[], human: readonly number[]): Agreement {
  if (judge.length !== human.length) throw new RangeError("paired series differ in length");
  return {
    pearson: pearson(judge, human),
    spearman: spearman(judge, human),
    kappaQuadratic: kappaQuadratic(judge, human),
    meanAbsoluteError: mean(judge.map((score, index) => Math.abs(score - (human[index] as number)))),
  };
}

function mean(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** Product-moment correlation. */
function pearson(left: readonly number[], right: readonly number[]): number | null {
  const leftMean = mean(left) ?? 0;
  const rightMean = mean(right) ?? 0;
  let cross = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  left.forEach((value, index) => {
    const a = value - leftMean;
    const b = (right[index] as number) - rightMean;
    cross += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  });
  return ratio(cross, Math.sqrt(leftSquares * rightSquares));
}

function spearman(left: readonly number[], right: readonly number[]): number | null {
  const correlation = rankedPairs(left, right).correlation(new Uint32Array(left.length).fill(1));
  return Number.isNaN(correlation) ? null : correlation;
}

/** 1 − Σ(a − b)² / Σ of the same over all pairs of the two margins. */
function kappaQuadratic(left: readonly number[], right: readonly number[]): number | null {
  const n = left.length;
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < n; i++) {
    observed += ((left[i] as number) - (right[i] as number)) ** 2;
    for (let j = 0; j < n; j++) expected += ((left[i] as number) - (right[j] as number)) ** 2;
  }
  const disagreement = ratio(observed, expected / n);
  return disagreement === null ? null : 1 - disagreement;
}
