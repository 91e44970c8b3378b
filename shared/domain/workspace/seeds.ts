/**
 * A version that was trained with several seeds is a group: `v2` has the members `v2.1`, `v2.2`, …, each with its own
 * adapter, gate and results, all trained on `dataset_v2.csv`.
 */

/** Returns the version of the dataset that an adapter is trained on: `v2` for `v2` and `v2.1`. */
export function datasetOf(version: string): string {
  return version.split(".", 1)[0] as string;
}

/** Returns whether a version is one seed of a group. */
export function isMember(version: string): boolean {
  return datasetOf(version) !== version;
}

/** Returns the name of a group's member, from 1. */
export function memberName(group: string, number: number): string {
  return `${group}.${number}`;
}

/** Returns the members of a group in order; none where the version isn't a group. */
export function membersOf(group: string, versions: Iterable<string>): string[] {
  const members = [...new Set(versions)].filter(
    (version) => isMember(version) && datasetOf(version) === group,
  );
  return members.sort(byVersion);
}

/** Returns the groups among some versions, in order. */
export function groupsOf(versions: readonly string[]): string[] {
  return [...new Set(versions.filter(isMember).map(datasetOf))].sort(byVersion);
}

/** Orders adapters' versions: `v2`, `v2.1`, `v2.2`, `v10`. */
export function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
