import { decoded } from "../../ui/decoded.ts";

/** What is compared: versions (`base`, `v1`, …) or paths of results files, the baseline first. */
export interface Chosen {
  readonly baseline: string;
  readonly candidates: readonly string[];
}

/** Enough to see; each is a comparison of its own with the baseline. */
export const mostCandidates = 4;

/** The URL's words for a list: paths and slices may hold commas. */
export function listInUrl(list: readonly string[]): string {
  return list.map(encodeURIComponent).join(",");
}

export function listFromUrl(words: string): string[] {
  return words.split(",").map(decoded);
}

/**
 * What to compare: the URL's choice, else the two newest versions with results. Null: fewer than two results.
 */
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

/** A version's name, or the file's without its folder. */
export function shortName(versionOrFile: string): string {
  return (versionOrFile.split(/[/\\]/).at(-1) ?? versionOrFile).replace(/\.csv$/i, "");
}
