import type { ThresholdUse } from "../../schema/operatingPoint.ts";
import type { Decoding } from "../../schema/result.ts";
import type { WorkspaceConfig } from "../../schema/workspace.ts";

/** Returns the threshold of a version's operating point, or the workspace's default. */
export function thresholdOf(
  { operatingPoints, refusalThreshold }: Pick<WorkspaceConfig, "operatingPoints" | "refusalThreshold">,
  version: string,
): ThresholdUse {
  const own = operatingPoints?.[version];
  if (own === undefined) return { threshold: refusalThreshold, from: "workspace" };
  return { threshold: own.threshold, from: "version" };
}

/** Returns a threshold as it is written in the name of results: a plain decimal, or `none`. */
function thresholdWord(threshold: number | null): string {
  if (threshold === null) return "none";
  const text = String(threshold);
  // JavaScript writes numbers below 1e-6 with an exponent.
  return text.includes("e") ? threshold.toFixed(20).replace(/0+$/, "") : text;
}

/** Returns what a version's results are called under a decoding at its own threshold: `v2`, or `v2+pool`. */
export function variantOf(version: string, { mode }: Pick<Decoding, "mode">): string {
  return mode === "best-of-pool" ? `${version}+pool` : version;
}

/** Returns the name of a variant's results at a threshold: the variant alone at the version's own. */
export function resultsNameOf(variant: string, threshold: number | null, own: number | null): string {
  return threshold === own ? variant : `${variant}@${thresholdWord(threshold)}`;
}

/** Returns whether results have a name without a threshold, such as `v2` and `v2+pool`. */
export function isAtOwnThreshold(name: string): boolean {
  return !name.includes("@");
}

/** Returns the version whose results have a name such as `v2@0.12`, `v2+pool` or `v2+pool@0.12`. */
export function versionOfResults(name: string): string {
  return name.replace(/@.*$/, "").replace(/\+pool$/, "");
}
