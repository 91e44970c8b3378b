/**
 * Every colour, size and font of a figure, as literal values: a figure is also drawn where no style sheet is,
 * and `var()` paints black there. Hues are Okabe and Ito's; inks have at least 4.5:1 on the paper.
 */
export const colour = {
  paper: "#FFFFFF",
  ink: "#1B2430",
  muted: "#56616F",
  hairline: "#D5DBE3",
  track: "#EEF1F5",
  /** A version keeps its colour in every figure. */
  baseline: "#5F6F86",
  candidate: "#4F5BD5",
  /** Better and worse, always beside a sign and an arrow; the inks are the same hues, dark enough for words. */
  better: "#009E73",
  betterInk: "#00704F",
  worse: "#D55E00",
  worseInk: "#A84A00",
  /** Inside the interval: neither. */
  open: "#7D8794",
  hatch: "#B4BCC8",
} as const;

/** The four cells of the safety matrix: right in blues, wrong in orange and purple. */
export const cellColour = {
  ok: "#56B4E9",
  confirmed_inappropriate: "#0072B2",
  false_positive_inappropriate: "#E69F00",
  missed_inappropriate: "#CC79A7",
} as const;

export const font = {
  /** DejaVu Sans has figures of one width; the others stand in where it is not installed. */
  family: "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif",
  title: 17,
  work: 13,
  small: 12,
  count: 28,
} as const;

/** Distance to a figure's edge, in pixels. */
export const edge = 24;
