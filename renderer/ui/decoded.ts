/** A word of the URL. One that somebody cut or typed may hold a `%` that is none: then it is taken as it stands. */
export function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
