/**
 * Characters that could pass for markup or that a reader does not see: angle brackets and ampersand, controls,
 * invisible formatting (zero width, bidirectional marks, tags), line and paragraph separators, private use.
 */
const escaped = /[<>&\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

const asEscapes = (character: string) =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");

/**
 * Data for a model, between delimiters that the data cannot forge: one line of JSON, in which no line break, angle
 * bracket or invisible character stands as itself. What is between the delimiters parses back to the same data.
 */
export function fence(data: unknown): string {
  return `BEGIN DATA\n${JSON.stringify(data).replace(escaped, asEscapes)}\nEND DATA`;
}
