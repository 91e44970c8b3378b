/** A failure's words at the beginning of a line: services begin in lower case, since the terminal puts a name before. */
export function sentence(words: string): string {
  const first = words.slice(0, 1);
  // A file, a command, a version or a quoted word is kept as it is.
  if (/^(?:\S*[/\\.`"'_0-9])/.test(words)) return words;
  return first.toUpperCase() + words.slice(1);
}
