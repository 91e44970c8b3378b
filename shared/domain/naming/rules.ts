import { pluralize } from "../format/count.ts";
/** The bounds of the naming rules: lengths in characters (code points), `namesPerRow` in names. */
export const namingBounds = { minLength: 5, maxLength: 50, namesPerRow: 5 } as const;

/** The rules that one name can break, and those that only a list of names can. */
type NameRule =
  | "name-too-short"
  | "name-too-long"
  | "name-characters"
  | "name-hyphens"
  | "name-tld"
  | "name-duplicate"
  | "wrong-count";

/** One broken rule, in words. `fix` is present only where replacing the name with it is safe. */
export interface NameViolation {
  readonly rule: NameRule;
  readonly message: string;
  readonly fix?: string;
}

const validCharacters = /^[a-z0-9-]*$/;

/** Returns whether the text has only characters that a name may have. */
export const hasNameCharacters = (text: string): boolean => validCharacters.test(text);

/** Lists the characters that no name may have, each once, in order of appearance. */
function foreignCharacters(name: string): string[] {
  if (hasNameCharacters(name)) return [];
  return [...new Set(name)].filter((character) => !validCharacters.test(character));
}

/** Shows a character that one could overlook by its name or code point. */
function shown(character: string): string {
  if (character === " ") return "a space";
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `“${character}”`;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The break of the length rule, or nothing. */
export function lengthViolation(name: string): NameViolation[] {
  const length = [...name].length;
  const characters = pluralize(length, "character");
  const { minLength, maxLength } = namingBounds;
  if (length < minLength)
    return [{ rule: "name-too-short", message: `${characters}; at least ${minLength} are required` }];
  if (length > maxLength)
    return [{ rule: "name-too-long", message: `${characters}; at most ${maxLength} are allowed` }];
  return [];
}

/** The break of the alphabet rule (a–z, 0–9, hyphen), or nothing. */
export function characterViolation(name: string): NameViolation[] {
  const foreign = foreignCharacters(name);
  if (foreign.length === 0) return [];
  const list = foreign.slice(0, 5).map(shown).join(", ");
  const more = foreign.length > 5 ? ` and ${foreign.length - 5} more` : "";
  return [{ rule: "name-characters", message: `only a–z, 0–9 and hyphen are allowed; found ${list}${more}` }];
}

/** The break of the hyphen rule (none at either end, never two in a row), or nothing. */
export function hyphenViolation(name: string): NameViolation[] {
  const faults = [
    name.startsWith("-") ? "starts with a hyphen" : "",
    name.length > 1 && name.endsWith("-") ? "ends with a hyphen" : "",
    name.includes("--") ? "has consecutive hyphens" : "",
  ].filter((fault) => fault !== "");
  return faults.length === 0 ? [] : [{ rule: "name-hyphens", message: faults.join(", ") }];
}
