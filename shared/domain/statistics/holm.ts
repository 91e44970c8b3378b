/**
 * Holm's step-down adjustment (1979): the adjusted p's in the order given, each at most 1 and none smaller than
 * that of a smaller p.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let floor = 0;
  ascending.forEach(({ p, index }, rank) => {
    floor = Math.min(1, Math.max(floor, p * (pValues.length - rank)));
    adjusted[index] = floor;
  });
  return adjusted;
}
