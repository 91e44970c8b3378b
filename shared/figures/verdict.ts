import type { Verdict } from "../domain/report/words.ts";
import { colour } from "./tokens.ts";

/** A verdict's colour for marks, and a darker one of the same hue for words. */
export const verdictLook = {
  better: { fill: colour.better, ink: colour.betterInk },
  worse: { fill: colour.worse, ink: colour.worseInk },
  open: { fill: colour.open, ink: colour.muted },
} as const satisfies Record<Verdict, { fill: string; ink: string }>;
