/** Shingles are runs of this many characters of the normalised text. */
export const SHINGLE_LENGTH = 5;
/** Only so many first characters of a text are shingled; equality is of the whole. */
export const COMPARED_CHARACTERS = 20_000;

/** NFKC, lower case, punctuation and white space collapsed to one space, none at the ends. */
export function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}\s]+/gu, " ")
    .trim();
}

/** The different shingles of a normalised text; a shorter text is its own only shingle, an empty one has none. */
export function shinglesOf(normalised: string): Set<string> {
  const text = normalised.slice(0, COMPARED_CHARACTERS);
  if (text === "") return new Set();
  if (text.length <= SHINGLE_LENGTH) return new Set([text]);
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_LENGTH <= text.length; at += 1)
    shingles.add(text.slice(at, at + SHINGLE_LENGTH));
  return shingles;
}
