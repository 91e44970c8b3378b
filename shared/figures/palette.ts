import { createContext, useContext } from "react";
import type { OverallCategory } from "../schema/report.ts";
import { cellColor, color, font } from "./tokens.ts";

/** A version's color for marks, and a color of the same hue for text on the paper. */
export interface VersionColor {
  readonly fill: string;
  readonly ink: string;
}

/**
 * Every color of a figure as a literal value, independent of style sheets. Inks have a contrast of at least 4.5:1 on
 * the paper.
 */
export interface Palette extends Readonly<Record<keyof typeof color, string>> {
  readonly scheme: "light" | "dark";
  /** The ring around the mark whose exact value is shown. */
  readonly focus: string;
  /** The four cells of the safety matrix, with the same hues in both palettes. */
  readonly cells: Record<OverallCategory, string>;
  /** The versions after baseline and candidate, in order. */
  readonly further: readonly VersionColor[];
  /** The font: the bundled one, or the screen's. */
  readonly family: string;
}

export const lightPalette: Palette = {
  scheme: "light",
  ...color,
  focus: "#1B2430",
  cells: cellColor,
  further: [
    { fill: "#CC79A7", ink: "#9B4777" },
    { fill: "#E69F00", ink: "#8A5C00" },
    { fill: "#56B4E9", ink: "#1B6E9E" },
    { fill: "#0072B2", ink: "#00609A" },
  ],
  family: font.family,
};

export const darkPalette: Palette = {
  scheme: "dark",
  paper: "#1A1D21",
  ink: "#E4E8EE",
  muted: "#A3ADBA",
  hairline: "#3A4048",
  track: "#272C35",
  baseline: "#9FB0C8",
  candidate: "#A3ABF5",
  better: "#00B583",
  betterInk: "#3CC79C",
  worse: "#E9762B",
  worseInk: "#F2955A",
  open: "#8A95A4",
  hatch: "#596474",
  focus: "#E4E8EE",
  cells: cellColor,
  further: [
    { fill: "#CC79A7", ink: "#DE94BC" },
    { fill: "#E69F00", ink: "#F0B43A" },
    { fill: "#56B4E9", ink: "#56B4E9" },
    { fill: "#2E8FD0", ink: "#5FAFE6" },
  ],
  family: font.family,
};

/** Light by default, because the terminal and the report draw on white paper. */
export const PaletteContext = createContext<Palette>(lightPalette);

export function usePalette(): Palette {
  return useContext(PaletteContext);
}

/**
 * Returns a version's color by its position, the same in every figure: 0 is the baseline, 1 the candidate, then the
 * others.
 */
export function versionColor(palette: Palette, index: number): VersionColor {
  if (index === 0) return { fill: palette.baseline, ink: palette.baseline };
  if (index === 1) return { fill: palette.candidate, ink: palette.candidate };
  const further = palette.further[(index - 2) % palette.further.length];
  return further ?? { fill: palette.open, ink: palette.muted };
}
