import { byVersion, groupOf, groupsOf, isMember } from "../../../shared/domain/workspace/seeds.ts";
import { versionOfResults } from "../../../shared/domain/workspace/threshold.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import { decoded } from "../../ui/decoded.ts";

/** The selected comparison: versions (`base`, `v1`, …) or paths of results files. */
export interface Chosen {
  readonly baseline: string;
  readonly candidates: readonly string[];
}

/** Maximum number of candidates. Each is compared with the baseline separately. */
export const mostCandidates = 4;

/** Returns a list as a URL parameter. Its entries are encoded, because paths and slices may contain commas. */
export function listInUrl(list: readonly string[]): string {
  return list.map(encodeURIComponent).join(",");
}

export function listFromUrl(text: string): string[] {
  return text.split(",").map(decoded);
}

/** Returns what can be compared: versions with results, the seeds of one as a single version, and then each seed. */
export function comparable(results: readonly string[]): { versions: string[]; seeds: string[] } {
  const groups = groupsOf(results);
  const inGroup = (version: string): boolean => groups.includes(groupOf(version));
  const single = results.filter((version) => !inGroup(version));
  const isTrained = (version: string): boolean => hasAdapter(versionOfResults(version));
  const untrained = single.filter((version) => !isTrained(version));
  const trained = [...single.filter(isTrained), ...groups].sort(byVersion);
  return { versions: [...untrained, ...trained], seeds: results.filter(isMember) };
}

/** Returns the comparison in the URL, or the two newest versions with results. Null: fewer than two results. */
export function chosenFrom(
  url: { readonly baseline: string; readonly with: string },
  results: readonly string[],
): Chosen | null {
  const candidates = url.with === "" ? [] : listFromUrl(url.with).slice(0, mostCandidates);
  if (url.baseline !== "" && candidates.length > 0) return { baseline: url.baseline, candidates };
  const [baseline, candidate] = results.slice(-2);
  if (baseline === undefined || candidate === undefined) return null;
  return { baseline: url.baseline === "" ? baseline : url.baseline, candidates: [candidate] };
}

/** Returns a version's name, or a file's name without its folder and extension. */
export function shortName(versionOrFile: string): string {
  return (versionOrFile.split(/[/\\]/).at(-1) ?? versionOrFile).replace(/\.csv$/i, "");
}
