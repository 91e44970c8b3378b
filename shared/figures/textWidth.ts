/**
 * Advance widths of the figures' font, DejaVu Sans, in thousandths of the font size, because there is no browser to
 * measure text.
 */
const advances: readonly number[] = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
  636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
  295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
  500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
  392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/** The width of most non-ASCII letters and signs such as − and ±. Others count as full width. */
const wide = 840;

function advance(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return advances[code - 0x20] ?? (code < 0x2500 ? wide : 1000);
}

/** Returns the approximate width of a text in pixels, never too narrow. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += advance(character);
  return (width * size) / 1000;
}

/** Returns the text, truncated with "…" if it doesn't fit. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * Returns the text as at most `most` lines, broken between words. The last line is truncated if the text is longer.
 */
export function wrapped(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || textWidth(longer, size) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const last = lines.slice(most - 1).join(" ");
  return [...lines.slice(0, most - 1), ...(last === "" ? [] : [last])].map((one) => fitted(one, size, width));
}
