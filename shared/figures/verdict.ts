import type { Verdict } from "../domain/report/words.ts";
import type { Palette, VersionColor } from "./palette.ts";

/** Returns a verdict's color for marks, and a color of the same hue for text. */
export function verdictLook(palette: Palette, verdict: Verdict | "inside" | "changed"): VersionColor {
  switch (verdict) {
    case "better":
      return { fill: palette.better, ink: palette.betterInk };
    case "worse":
      return { fill: palette.worse, ink: palette.worseInk };
    default:
      return { fill: palette.open, ink: palette.muted };
  }
}
