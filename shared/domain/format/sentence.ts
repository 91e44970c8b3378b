// A quoted word, or a first word that is a file, a version or the name of a setting.
const keepsCase = /^(?:[`"'“]|\S*[/\\_0-9]|\S*\.\S|\S*[a-z][A-Z])/;

/** Returns the words with a capital first letter; a file, version, setting or quotation at the start keeps its case. */
export function sentenceCase(words: string): string {
  return keepsCase.test(words) ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Returns the words in sentence case, ending in exactly one mark. */
export function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? sentenceCase(words) : `${sentenceCase(words)}.`;
}
