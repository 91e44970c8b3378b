/** Lower-case, without accents. */
export function withoutAccents(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

/** Plurals in `-ies` whose singular ends in `-ie`. */
const endInIe = new Set("movies cookies brownies smoothies hoodies veggies selfies foodies".split(" "));

/**
 * The singular of an English word as our names use it: lower-case, without accents, `-ies` → `y`,
 * `-es` dropped after a hiss (`boxes` → `box`), else `-s` dropped. Words that only look plural
 * (`glass`, `bus`, `tennis`, `physics`) and words of up to three letters stay.
 */
export function stemOf(word: string): string {
  const lower = withoutAccents(word);
  if (lower.length <= 3 || /(ss|us|is|ics)$/.test(lower)) return lower;
  if (lower.endsWith("ies") && lower.length > 4 && !endInIe.has(lower)) return `${lower.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|zz)es$/.test(lower)) return lower.slice(0, -2);
  return lower.endsWith("s") ? lower.slice(0, -1) : lower;
}
