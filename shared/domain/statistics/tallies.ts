/**
 * What each resampling group (one row, or the rows of a near-duplicate group) adds to the totals that a
 * statistic is computed from: row-major, `groups` × `width`.
 */
export interface Tallies {
  readonly width: number;
  readonly groups: number;
  readonly values: Float64Array;
}

/** A figure computed from totals; NaN where it is undefined. */
export type Statistic = (totals: Float64Array) => number;

/** Adds up the vectors of each group, groups in order of first appearance. All vectors have `width` numbers. */
export function talliesOf(
  vectors: readonly { readonly group: string; readonly vector: readonly number[] }[],
  width: number,
): Tallies {
  const indexOf = new Map<string, number>();
  for (const { group } of vectors) if (!indexOf.has(group)) indexOf.set(group, indexOf.size);
  const values = new Float64Array(indexOf.size * width);
  for (const { group, vector } of vectors) {
    const start = (indexOf.get(group) as number) * width;
    for (let column = 0; column < width; column++) {
      values[start + column] = (values[start + column] as number) + (vector[column] ?? 0);
    }
  }
  return { width, groups: indexOf.size, values };
}

/** The totals over all groups. */
export function totalsOf(tallies: Tallies): Float64Array {
  const { width, values } = tallies;
  const totals = new Float64Array(width);
  for (let at = 0; at < values.length; at += width) {
    for (let column = 0; column < width; column++) {
      totals[column] = (totals[column] as number) + (values[at + column] as number);
    }
  }
  return totals;
}

/** The columns that hold something: adding up the others would only cost time. */
export function columnsInUse(width: number, values: Float64Array): number[] {
  const used = new Array<boolean>(width).fill(false);
  for (let at = 0; at < values.length; at += width) {
    for (let column = 0; column < width; column++) if (values[at + column] !== 0) used[column] = true;
  }
  return used.flatMap((isUsed, column) => (isUsed ? [column] : []));
}

/** Groups with equal vectors, found once: most rows of a safety matrix are alike, which makes a draw cheap. */
export interface Patterns {
  readonly count: number;
  /** count × width. */
  readonly values: Float64Array;
  /** How many groups have each pattern. */
  readonly weights: Uint32Array;
}

/** The patterns of the groups; where there are more than `most`, every group is given as its own. */
export function patternsOf(tallies: Tallies, most: number): Patterns {
  const { width, groups, values } = tallies;
  const columns = columnsInUse(width, values);
  const indexOf = new Map<string, number>();
  const firsts: number[] = [];
  const weights: number[] = [];
  for (let group = 0; group < groups; group++) {
    let key = "";
    for (const column of columns) key += `${values[group * width + column]},`;
    const pattern = indexOf.get(key);
    if (pattern !== undefined) {
      weights[pattern] = (weights[pattern] as number) + 1;
      continue;
    }
    if (firsts.length === most) return { count: groups, values, weights: new Uint32Array(groups).fill(1) };
    indexOf.set(key, firsts.length);
    firsts.push(group);
    weights.push(1);
  }
  const collapsed = new Float64Array(firsts.length * width);
  firsts.forEach((group, pattern) => {
    collapsed.set(values.subarray(group * width, (group + 1) * width), pattern * width);
  });
  return { count: firsts.length, values: collapsed, weights: Uint32Array.from(weights) };
}
