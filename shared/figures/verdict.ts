import type { Verdict } from "../domain/report/words.ts";
import type { Palette, VersionColour } from "./palette.ts";

/** A verdict's colour for marks, and one of the same hue for words. */
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
