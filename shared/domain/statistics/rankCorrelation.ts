/** Paired values that are ranked once, so that many resamples of them are correlated in time linear in their number. */
export interface RankedPairs {
  /**
   * Spearman's rank correlation, −1 … 1, where pair i counts `weights[i]` times (a whole number); ties at their mean
   * rank. NaN where one side is constant or nothing counts.
   */
  correlation(weights: ArrayLike<number>): number;
}

/** @throws RangeError where the two are not equally long. */
export function rankedPairs(left: readonly number[], right: readonly number[]): RankedPairs {
  if (left.length !== right.length) throw new RangeError("paired series differ in length");
  const sides = [left, right].map((values) => ({ values, order: orderOf(values) }));
  const ranks = sides.map(() => new Float64Array(left.length));
  return {
    correlation(weights) {
      sides.forEach(({ values, order }, side) => {
        fillRanks(ranks[side] as Float64Array, values, order, weights);
      });
      return weightedPearson(ranks[0] as Float64Array, ranks[1] as Float64Array, weights);
    },
  };
}

/** The values' positions in ascending order of the values. */
export function orderOf(values: readonly number[]): number[] {
  return values.map((_, at) => at).sort((one, other) => (values[one] as number) - (values[other] as number));
}

/** Each value's mean rank among as many copies of all values as they weigh. */
function fillRanks(
  ranks: Float64Array,
  values: readonly number[],
  order: readonly number[],
  weights: ArrayLike<number>,
): void {
  let before = 0;
  for (let start = 0; start < order.length; ) {
    const value = values[order[start] as number];
    let end = start;
    let tied = 0;
    for (; end < order.length && values[order[end] as number] === value; end++) {
      tied += weights[order[end] as number] as number;
    }
    for (let at = start; at < end; at++) ranks[order[at] as number] = before + (tied + 1) / 2;
    before += tied;
    start = end;
  }
}

function weightedPearson(left: Float64Array, right: Float64Array, weights: ArrayLike<number>): number {
  let total = 0;
  let leftSum = 0;
  let rightSum = 0;
  for (let at = 0; at < left.length; at++) {
    const weight = weights[at] as number;
    total += weight;
    leftSum += weight * (left[at] as number);
    rightSum += weight * (right[at] as number);
  }
  let cross = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  for (let at = 0; at < left.length; at++) {
    const weight = weights[at] as number;
    const a = (left[at] as number) - leftSum / total;
    const b = (right[at] as number) - rightSum / total;
    cross += weight * a * b;
    leftSquares += weight * a * a;
    rightSquares += weight * b * b;
  }
  return leftSquares > 0 && rightSquares > 0 ? cross / Math.sqrt(leftSquares * rightSquares) : Number.NaN;
}
