/**
 * Every color, size, and font of a figure as a literal value, because figures are also drawn without style sheets,
 * where `var()` paints black. Hues are Okabe and Ito's. Inks have a contrast of at least 4.5:1 on the paper.
 */
export const color = {
  paper: "#FFFFFF",
  ink: "#1B2430",
  muted: "#56616F",
  hairline: "#D5DBE3",
  track: "#EEF1F5",
  /** A version has the same color in every figure. */
  baseline: "#5F6F86",
  candidate: "#4F5BD5",
  /** Better and worse, always with a sign and an arrow. The inks have the same hues, dark enough for text. */
  better: "#009E73",
  betterInk: "#00704F",
  worse: "#D55E00",
  worseInk: "#A84A00",
  /** Neither better nor worse. */
  open: "#7D8794",
  hatch: "#B4BCC8",
} as const;

/** The four cells of the safety matrix: correct in blue, wrong in orange and purple. */
export const cellColor = {
  ok: "#56B4E9",
  confirmed_inappropriate: "#0072B2",
  false_positive_inappropriate: "#E69F00",
  missed_inappropriate: "#CC79A7",
} as const;

export const font = {
  /** DejaVu Sans has tabular digits. The other fonts are fallbacks. */
  family: "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif",
  title: 17,
  work: 13,
  small: 12,
  count: 28,
} as const;

/** Margin of a figure, in pixels. */
export const edge = 24;
