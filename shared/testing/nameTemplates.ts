import { type Constraint, numberAffixes, prefixes, suffixes } from "./rowGenerator/nameTemplates.ts";

/** Returns whether `names` are what `templateNames` makes of `stems`, whichever affixes were drawn. */
export function followsTemplates(
  names: readonly string[],
  stems: readonly string[],
  constraint?: Constraint,
): boolean {
  const [first, second = first, third = first] = stems as [string, ...string[]];
  const join = constraint === "no-hyphens" ? "" : "-";
  const tail = `(${(constraint === "numbers" ? numberAffixes : suffixes).join("|")})`;
  const head = `(${prefixes.join("|")})`;
  const pair =
    constraint === "numbers" ? `${first}${join}${second}${join}${tail}` : `${first}${join}${second}`;
  const patterns = [
    `${first}${join}${tail}`,
    `${head}${join}${second}`,
    `${third}${tail}`,
    `${head}${stems.length > 2 ? first : second}`,
    stems.length > 1 ? pair : `${head}${join}${first}${join}${tail}`,
  ];
  return (
    names.length === 5 &&
    patterns.every((pattern, index) => new RegExp(`^${pattern}$`).test(names[index] ?? ""))
  );
}
