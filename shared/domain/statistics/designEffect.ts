/** Rows that belong together: how many, and the sum of the figure over them. */
export interface Cluster {
  readonly size: number;
  readonly sum: number;
}

/**
 * With fewer clusters that bear on the variance than this, it isn't estimated. The relative standard error of a
 * variance from k clusters is about √(2 / (k − 1)), which is 0.47 with 10. One such cluster always looks independent.
 */
const fewestInformative = 10;

/**
 * Returns how many times larger the variance of a mean is than with independent rows, at least 1: the clustered
 * variance of Obuchowski (Statistics in Medicine 17, 1998, 1495–1507), by which Rao and Scott (Biometrics 48, 1992,
 * 577–585) divide the counts. `independent`: the sum of squares with independent rows. With fewer than ten
 * `informative` clusters, those that show variance, it is at least as if all rows of a cluster were copies of one.
 */
export function designEffect(clusters: readonly Cluster[], independent: number, informative: number): number {
  const n = clusters.reduce((sum, { size }) => sum + size, 0);
  const copies = clusters.reduce((sum, { size }) => sum + size ** 2, 0) / n;
  const count = clusters.length;
  if (count < 2 || independent <= 1e-12) return Math.max(1, copies);
  const mean = clusters.reduce((sum, one) => sum + one.sum, 0) / n;
  const squares = clusters.reduce((sum, one) => sum + (one.sum - one.size * mean) ** 2, 0);
  const estimated = (squares * count) / (count - 1) / independent;
  return Math.max(1, estimated, informative < fewestInformative ? copies : 1);
}
