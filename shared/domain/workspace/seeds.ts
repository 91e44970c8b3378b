import { versionOfResults } from "./threshold.ts";

/**
 * A version that was trained with several seeds is a group: `v2` has the members `v2.1`, `v2.2`, …, each with its own
 * adapter, gate and results, all trained on `dataset_v2.csv`. Their results at another threshold form the group `v2@0.12` of
 * `v2.1@0.12`, `v2.2@0.12`, …
 */

/** Returns the version of the dataset that an adapter is trained on: `v2` for `v2`, `v2.1` and results such as `v2.1@0.12`. */
export function datasetOf(version: string): string {
  return versionOfResults(version).split(".", 1)[0] as string;
}

/** Returns whether a version, or results, belong to one seed of a group. */
export function isMember(version: string): boolean {
  return groupOf(version) !== version;
}

/** Returns the group of a seed, of its version or of its results: `v2` for `v2.1`, `v2@0.12` for `v2.1@0.12`. */
export function groupOf(name: string): string {
  return `${datasetOf(name)}${thresholdPart(name)}`;
}

/** The end of results' names that were made at another threshold than the version's own: `@0.12`; else empty. */
function thresholdPart(name: string): string {
  return name.slice(versionOfResults(name).length);
}

/** Returns the name of a group's member, from 1. */
export function memberName(group: string, number: number): string {
  return `${group}.${number}`;
}

/** Returns the members of a group in order; none where the version isn't a group. */
export function membersOf(group: string, versions: Iterable<string>): string[] {
  const members = [...new Set(versions)].filter((version) => isMember(version) && groupOf(version) === group);
  return members.sort(byVersion);
}

/**
 * Returns the results that a group's name means, evaluated or not: those of every seed at the threshold in the name. None
 * where the version isn't a group.
 */
export function memberResultsOf(group: string, versions: readonly string[]): string[] {
  const seeds = membersOf(datasetOf(group), versions.map(versionOfResults));
  return isMember(group) ? [] : seeds.map((version) => `${version}${thresholdPart(group)}`);
}

/** Returns the groups among some versions, in order. */
export function groupsOf(versions: readonly string[]): string[] {
  return [...new Set(versions.filter(isMember).map(groupOf))].sort(byVersion);
}

/** Orders adapters' versions: `v2`, `v2.1`, `v2.2`, `v10`. */
export function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
