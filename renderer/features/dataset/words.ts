export const encodingWords: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  latin1: "Windows-1252",
};

export const delimiterWords: Readonly<Record<string, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};

export const newlineWords = { "\n": "LF", "\r\n": "CRLF", "\r": "CR" } as const;

/** The rules of lint, for a person. */
const rules: Readonly<Record<string, string>> = {
  encoding: "Encoding",
  "missing-column": "Missing column",
  "duplicate-column": "Column twice",
  "cell-count": "Cells missing or surplus",
  "stray-quote": "Stray quote",
  "nul-byte": "NUL byte",
  "cell-too-long": "Cell too long",
  "bad-json": "Names are no list",
  "not-an-array": "Names are no list",
  "empty-description": "Empty description",
  "bad-label": "Unknown label",
  "bad-split": "Unknown split",
  "duplicate-description": "Same description",
  "near-duplicate-description": "Nearly the same description",
  "name-reused": "Name used before",
  "search-bounded": "Search ended",
  "too-many-tokens": "Too long for the base",
  "control-token-text": "Control token's text",
  "name-too-short": "Name too short",
  "name-too-long": "Name too long",
  "name-characters": "Characters of a name",
  "name-hyphens": "Hyphens of a name",
  "name-tld": "Domain ending in a name",
  "name-duplicate": "Name twice in a row",
  "wrong-count": "Not five names",
};

export const ruleWords = (rule: string): string => rules[rule] ?? rule;

/** A cell of names, for reading. */
export function namesWords(names: readonly string[] | null): string {
  if (names === null) return "(no list)";
  return names.length === 0 ? "refusal" : names.join(", ");
}
