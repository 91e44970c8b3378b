/** Decodes a part of the URL. Returns it unchanged if it contains an invalid escape, as in a truncated link. */
export function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
