import type { Interval } from "../../schema/comparison.ts";
import type { VersionReport } from "../../schema/report.ts";

/** What the scores are: a baseline is said to be one. */
export function scaleWords({ scale, scaleName }: Pick<VersionReport, "scale" | "scaleName">): string {
  return scale === "rule-score" ? `${scaleName} (a baseline)` : `${scaleName} (by an LLM judge)`;
}

/** What a change means: `open` where its interval covers 0 or it has none. */
export type Verdict = "better" | "worse" | "open";

export function verdictOf(better: "higher" | "lower", change: number | null, ci95: Interval): Verdict {
  if (change === null || change === 0 || ci95 === null || (ci95[0] <= 0 && ci95[1] >= 0)) return "open";
  return change > 0 === (better === "higher") ? "better" : "worse";
}

/** Beside every color: a word and an arrow. */
export const verdictWords = { better: "↑ better", worse: "↓ worse", open: "" } as const satisfies Record<
  Verdict,
  string
>;
