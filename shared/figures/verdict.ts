import type { Verdict } from "../domain/report/words.ts";
import type { Palette, VersionColour } from "./palette.ts";

/** Returns a verdict's color for marks, and a color of the same hue for text. */
export function verdictLook(palette: Palette, verdict: Verdict): VersionColour {
  switch (verdict) {
    case "better":
      return { fill: palette.better, ink: palette.betterInk };
    case "worse":
      return { fill: palette.worse, ink: palette.worseInk };
    case "open":
      return { fill: palette.open, ink: palette.muted };
  }
}
