import { pluralize } from "../format/count.ts";
import {
  characterViolation,
  hyphenViolation,
  lengthViolation,
  type NameViolation,
  namingBounds,
} from "./rules.ts";
import { splitTld } from "./tld.ts";

/** Returns every rule that the name breaks, without fixes. */
function violationsOf(name: string): NameViolation[] {
  const domain = splitTld(name);
  if (domain === null)
    return [...lengthViolation(name), ...characterViolation(name), ...hyphenViolation(name)];
  return [
    { rule: "name-tld", message: `remove the top-level domain (“${domain.tld}”)` },
    // The rest is judged without the TLD, so that a dot or a length is not reported for the same cause.
    ...lengthViolation(domain.stem),
    ...characterViolation(domain.stem),
    ...hyphenViolation(domain.stem),
  ];
}

/** True where the name keeps every naming rule that concerns one name alone. */
export function isValidName(name: string): boolean {
  return violationsOf(name).length === 0;
}

/**
 * Repairs a name where that is safe: trims white space, lower-cases, strips a top-level domain.
 * Returns null where this does not make it a valid name, and where it is one already.
 */
export function repairName(name: string): string | null {
  const lower = name.trim().toLowerCase();
  const repaired = splitTld(lower)?.stem ?? lower;
  return repaired !== name && isValidName(repaired) ? repaired : null;
}

/** Every naming rule that one name breaks; each carries the repaired name as `fix` where a safe one exists. */
export function validateName(name: string): NameViolation[] {
  const fix = repairName(name);
  const violations = violationsOf(name);
  return fix === null ? violations : violations.map((violation) => ({ ...violation, fix }));
}

/** A break found in a list of names; `index` counts from 0, null: of the list as a whole. */
export interface NameListViolation extends NameViolation {
  readonly index: number | null;
  readonly value: string;
}

/** What a name stands for when names are compared: its repaired form, so that `A-Shop.com` equals `a-shop`. */
const identityOf = (name: string) => repairName(name) ?? name;

function duplicateViolations(names: readonly string[]): NameListViolation[] {
  const first = new Map<string, number>();
  return names.flatMap((value, index): NameListViolation[] => {
    const earlier = first.get(identityOf(value));
    if (earlier === undefined) {
      first.set(identityOf(value), index);
      return [];
    }
    return [
      { rule: "name-duplicate", index, value, message: `same name as number ${earlier + 1} in this row` },
    ];
  });
}

/**
 * Every break of the naming rules in one row's list: 0 names (a refusal) or exactly five, each valid, all
 * different. A fix is offered only where it does not make the name equal to another of the list.
 */
export function lintNames(names: readonly string[]): NameListViolation[] {
  const { namesPerRow } = namingBounds;
  const count: NameListViolation[] =
    names.length === 0 || names.length === namesPerRow
      ? []
      : [
          {
            rule: "wrong-count",
            index: null,
            value: JSON.stringify(names),
            message: `${pluralize(names.length, "name")}; a row must have exactly ${namesPerRow}, or none for a refusal`,
          },
        ];
  const duplicates = duplicateViolations(names);
  const identities = names.map(identityOf);
  const single = names.flatMap((value, index) => {
    const clashes = identities.filter((identity) => identity === identities[index]).length > 1;
    return validateName(value).map(({ fix, ...rest }): NameListViolation => {
      return { ...rest, ...(fix === undefined || clashes ? {} : { fix }), index, value };
    });
  });
  return [...count, ...single, ...duplicates];
}
