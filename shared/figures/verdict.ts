import type { Interval } from "../schema/comparison.ts";
import { colour } from "./tokens.ts";

/** What a change means: `open` where its interval covers 0 or it has none. */
export type Verdict = "better" | "worse" | "open";

export function verdictOf(better: "higher" | "lower", change: number | null, ci95: Interval): Verdict {
  if (change === null || change === 0 || ci95 === null || (ci95[0] <= 0 && ci95[1] >= 0)) return "open";
  return change > 0 === (better === "higher") ? "better" : "worse";
}

/** Never colour alone: a word and an arrow stand beside it. */
export const verdictLook = {
  better: { fill: colour.better, ink: colour.betterInk, words: "↑ better" },
  worse: { fill: colour.worse, ink: colour.worseInk, words: "↓ worse" },
  open: { fill: colour.open, ink: colour.muted, words: "" },
} as const satisfies Record<Verdict, { fill: string; ink: string; words: string }>;
