import type { Warning } from "../../schema/comparison.ts";
import type { EvaluationRequest } from "../../schema/evaluation.ts";
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

/** Returns a warning where a version's operating point was chosen on results of another adapter than `adapter`. */
export function outdatedPoint(
  { operatingPoints }: Pick<WorkspaceConfig, "operatingPoints">,
  version: string,
  adapter: string,
): Warning | null {
  const point = operatingPoints?.[version];
  if (point?.chosenOn.adapter === undefined || point.chosenOn.adapter === adapter) return null;
  return {
    code: "point-outdated",
    message: `${version} was trained again after its threshold ${point.threshold} was chosen. Evaluate it, then choose the threshold again.`,
  };
}

/** Most decimals of a threshold in a name. */
const mostDecimals = 20;

/** Returns a threshold as it is written in the name of results: a plain decimal, or `none`. */
function thresholdWord(threshold: number | null): string {
  if (threshold === null) return "none";
  const text = String(threshold);
  // JavaScript writes numbers below 1e-6 with an exponent, and small ones with more decimals than a name may have.
  const plain = text.includes("e") || text.length > "0.".length + mostDecimals;
  return plain ? threshold.toFixed(mostDecimals).replace(/\.?0+$/, "") : text;
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

/** Returns the terminal command that creates results of this name. */
export function evaluationCommand(name: string): string {
  const threshold = /@(.*)$/.exec(name)?.[1];
  return [
    `namewright eval --version ${versionOfResults(name)}`,
    ...(/\+pool(@|$)/.test(name) ? ["--decoding best-of-pool"] : []),
    ...(threshold === undefined ? [] : [`--threshold ${threshold}`]),
  ].join(" ");
}

type Asked = Pick<EvaluationRequest, "version" | "threshold">;

/** Returns the threshold that an evaluation asks for, or else the version's own. */
export function thresholdAsked(
  config: Pick<WorkspaceConfig, "operatingPoints" | "refusalThreshold">,
  { version, threshold }: Asked,
): ThresholdUse {
  const own = thresholdOf(config, version);
  const asked = threshold === "none" ? null : threshold;
  return threshold === null || asked === own.threshold ? own : { threshold: asked, from: "asked" };
}

/** Returns the name of the results of an evaluation. */
export function resultsNameAsked(
  config: Pick<WorkspaceConfig, "operatingPoints" | "refusalThreshold">,
  asked: Asked & Pick<EvaluationRequest, "decoding">,
): string {
  const own = thresholdOf(config, asked.version).threshold;
  const variant = variantOf(asked.version, { mode: asked.decoding });
  return resultsNameOf(variant, thresholdAsked(config, asked).threshold, own);
}
