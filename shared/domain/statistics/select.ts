/**
 * The values at places `place` and `place` + 1 (from 0) of the numbers in ascending order, by Hoare's quickselect
 * ("Algorithm 65: find", 1961): linear where sorting is not. The last place counts as its own successor. Reorders
 * `values`, which hold no NaN.
 */
export function orderStatistics(values: Float64Array, place: number): [number, number] {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1] as number;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = moved;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  const found = values[place] as number;
  let next = place + 1 < values.length ? Number.POSITIVE_INFINITY : found;
  for (let index = place + 1; index < values.length; index++) {
    if ((values[index] as number) < next) next = values[index] as number;
  }
  return [found, next];
}
