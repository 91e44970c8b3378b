/**
 * Splits `total` into whole numbers in proportion to `weights` (largest remainder; ties to the earlier), so that
 * they add up to it. All zeros where the weights add up to nothing.
 */
export function proportioned(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const counts = exact.map(Math.floor);
  const left = total - counts.reduce((before, count) => before + count, 0);
  exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index)
    .slice(0, left)
    .forEach(({ index }) => {
      counts[index] = (counts[index] as number) + 1;
    });
  return counts;
}
