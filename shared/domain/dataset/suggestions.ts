import { z } from "zod";

const NamesSchema = z.array(z.string());

/** What a `suggestions` cell holds: the names, or why it cannot be read. */
export type SuggestionsCell =
  | { readonly kind: "names"; readonly names: string[] }
  | { readonly kind: "bad-json"; readonly message: string }
  | { readonly kind: "not-an-array"; readonly message: string };

function parseJson(raw: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(raw) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) return "an array with values that are not strings";
  return value === null ? "null" : `a single ${typeof value}`;
}

/** Reads a `suggestions` cell: a JSON array of strings. Never throws. */
export function parseSuggestions(raw: string): SuggestionsCell {
  if (raw.trim() === "") {
    return { kind: "bad-json", message: "the cell is empty; write [] for a refusal" };
  }
  const parsed = parseJson(raw);
  if ("error" in parsed) return { kind: "bad-json", message: `not valid JSON (${parsed.error})` };
  const names = NamesSchema.safeParse(parsed.value);
  return names.success
    ? { kind: "names", names: names.data }
    : { kind: "not-an-array", message: `expected an array of strings, found ${kindOfValue(parsed.value)}` };
}

/** Writes names as a cell: a JSON array without white space. */
export function suggestionsText(names: readonly string[]): string {
  return JSON.stringify(names);
}

/** Replaces names in a cell's JSON, leaving its white space as it is where the text allows it. */
export function replaceNames(
  raw: string,
  names: readonly string[],
  replacements: ReadonlyMap<number, string>,
): string {
  const replaced = names.map((name, index) => replacements.get(index) ?? name);
  let text = raw;
  for (const [index, replacement] of replacements) {
    text = text.replace(JSON.stringify(names[index] ?? ""), () => JSON.stringify(replacement));
  }
  const check = parseSuggestions(text);
  const same = check.kind === "names" && suggestionsText(check.names) === suggestionsText(replaced);
  return same ? text : suggestionsText(replaced);
}
