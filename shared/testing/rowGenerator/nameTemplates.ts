import { type Random, shuffled } from "../../domain/random.ts";

/** What a description may ask of its names. */
export type Constraint = "no-hyphens" | "numbers";

// biome-ignore format: a word list
export const suffixes = [
  "hub", "lab", "works", "house", "nest", "craft", "base", "point", "spot", "club", "studio", "shop", "market",
  "corner", "place", "path", "way", "world", "zone", "box", "land", "room", "loop", "yard",
] as const;
// biome-ignore format: a word list
export const prefixes = [
  "my", "go", "the", "true", "pure", "happy", "little", "blue", "one", "daily", "prime", "smart", "urban",
  "bright", "next", "ever",
] as const;
export const numberAffixes = ["24", "365", "101", "360", "7", "1", "5", "9"] as const;

const shortest = 5;
const longest = 50;
const attempts = 40;

/** Affixes in random order, none that repeats a stem (`shop-shop` isn't a name). */
function affixes(random: Random, choices: readonly string[], stems: readonly string[]): string[] {
  return shuffled(random, choices).filter((affix) => !stems.includes(affix));
}

function filledTemplates(
  stems: readonly string[],
  random: Random,
  constraint: Constraint | undefined,
): string[] {
  const tails = affixes(random, constraint === "numbers" ? numberAffixes : suffixes, stems);
  const heads = affixes(random, prefixes, stems);
  const first = stems[0] as string;
  const second = stems[1] ?? first;
  const join = constraint === "no-hyphens" ? "" : "-";
  const pair = stems.length > 1 ? [first, second] : [heads[2], first, tails[2]];
  return [
    [first, tails[0]].join(join),
    [heads[0], second].join(join),
    `${stems[2] ?? first}${tails[1]}`,
    `${heads[1]}${stems.length > 2 ? first : second}`,
    (constraint === "numbers" && stems.length > 1 ? [...pair, tails[2]] : pair).join(join),
  ];
}

function isNameList(names: readonly string[]): boolean {
  return (
    new Set(names).size === names.length &&
    names.every((name) => name.length >= shortest && name.length <= longest)
  );
}

/**
 * Five names from one to three stems, by five templates: `bread-hub`, `my-oven`, `baguettelab`,
 * `bluebread`, `bread-oven`; the stems in order, no affix twice. Few templates on purpose: a tiny model
 * learns them, and greedy decoding does not run in circles. `no-hyphens` joins without a hyphen,
 * `numbers` takes a number for the suffix and adds one to the fifth name.
 * Throws RangeError where the stems allow no valid list (none, or one that is not a–z 0–9).
 */
export function templateNames(stems: readonly string[], random: Random, constraint?: Constraint): string[] {
  const usable = [...new Set(stems)].slice(0, 3);
  if (usable.length === 0 || usable.some((stem) => !/^[a-z0-9]{2,20}$/.test(stem))) {
    throw new RangeError(`no names can be made from these stems: ${JSON.stringify(stems)}`);
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const names = filledTemplates(usable, random, constraint);
    if (isNameList(names)) return names;
  }
  throw new RangeError(`no valid names from these stems: ${JSON.stringify(stems)}`);
}
