import { createContext, useContext } from "react";
import type { OverallCategory } from "../schema/report.ts";
import { cellColour, colour } from "./tokens.ts";

/** A version's hue for marks, and one of the same hue that words can have on the paper. */
export interface VersionColour {
  readonly fill: string;
  readonly ink: string;
}

/** Every colour of a figure, as literal values: no style sheet is asked. Inks have at least 4.5:1 on the paper. */
export interface Palette {
  readonly scheme: "light" | "dark";
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly hairline: string;
  readonly track: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly better: string;
  readonly betterInk: string;
  readonly worse: string;
  readonly worseInk: string;
  /** Inside the interval: neither better nor worse. */
  readonly open: string;
  readonly hatch: string;
  /** Around the mark whose exact value is shown. */
  readonly focus: string;
  /** The four cells of the safety matrix: the same hues on both papers. */
  readonly cells: Record<OverallCategory, string>;
  /** Versions after baseline and candidate, in order. */
  readonly further: readonly VersionColour[];
}

export const lightPalette: Palette = {
  scheme: "light",
  ...colour,
  focus: "#1B2430",
  cells: cellColour,
  further: [
    { fill: "#CC79A7", ink: "#9B4777" },
    { fill: "#E69F00", ink: "#8A5C00" },
    { fill: "#56B4E9", ink: "#1B6E9E" },
    { fill: "#0072B2", ink: "#00609A" },
  ],
};

export const darkPalette: Palette = {
  scheme: "dark",
  paper: "#1A1D23",
  ink: "#E4E8EE",
  muted: "#A4AEBB",
  hairline: "#39414D",
  track: "#272C35",
  baseline: "#9FB0C8",
  candidate: "#929CFF",
  better: "#00B583",
  betterInk: "#3CCBA0",
  worse: "#E9762B",
  worseInk: "#FF9A5E",
  open: "#8A95A4",
  hatch: "#596474",
  focus: "#E4E8EE",
  cells: cellColour,
  further: [
    { fill: "#CC79A7", ink: "#DE94BC" },
    { fill: "#E69F00", ink: "#F0B43A" },
    { fill: "#56B4E9", ink: "#56B4E9" },
    { fill: "#2E8FD0", ink: "#5FAFE6" },
  ],
};

/** Light unless a screen says otherwise, so that terminal and report draw on white paper. */
export const PaletteContext = createContext<Palette>(lightPalette);

export function usePalette(): Palette {
  return useContext(PaletteContext);
}

/** A version has one colour in every figure of a screen: the baseline is 0, the candidate 1, then the further ones. */
export function versionColour(palette: Palette, index: number): VersionColour {
  if (index === 0) return { fill: palette.baseline, ink: palette.baseline };
  if (index === 1) return { fill: palette.candidate, ink: palette.candidate };
  const further = palette.further[(index - 2) % palette.further.length];
  return further ?? { fill: palette.open, ink: palette.muted };
}
