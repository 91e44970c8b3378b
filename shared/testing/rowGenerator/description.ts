import { below, chance, pick, pickSome, type Random } from "../../domain/random.ts";
import { capitalized, fill, type Slots, sentence, slotsOf, wordCount } from "./grammar.ts";
import { storyParts } from "./storyTemplates.ts";

/** `short` is one clause, `medium` one or two sentences, `long` three or four, `ultra-long` 80–160 words. */
export type Length = "short" | "medium" | "long" | "ultra-long";

export interface Templates {
  readonly openings: readonly string[];
  readonly tails: readonly string[];
  readonly followUps: readonly string[];
}

/** A description and the index of the template that opens it. */
export interface Described {
  readonly text: string;
  readonly index: number;
}

/** Slots that a description may name once only: said again, they sound like an echo. */
const saidOnce = new Set("buyers promise owner owners goods2 thing2 adj day season".split(" "));

const followUpCount: Readonly<Record<Exclude<Length, "ultra-long">, (random: Random) => number>> = {
  short: () => 0,
  medium: (random) => below(random, 2),
  long: (random) => 2 + below(random, 2),
};

/** Templates whose slots are all there, and that name `required` where it is given. */
function usable(templates: readonly string[], slots: Slots, required?: string): string[] {
  return templates.filter((template) => {
    const named = slotsOf(template);
    return named.every((name) => name in slots) && (required === undefined || named.includes(required));
  });
}

/** `count` templates, none of which says again what `said` (or one before it) has said. */
function continuing(
  random: Random,
  templates: readonly string[],
  said: readonly string[],
  count: number,
): string[] {
  const taken = new Set(said.flatMap(slotsOf));
  const chosen: string[] = [];
  for (const template of pickSome(random, templates, templates.length)) {
    if (chosen.length === count) break;
    const named = slotsOf(template).filter((name) => saidOnce.has(name));
    if (named.some((name) => taken.has(name))) continue;
    for (const name of named) taken.add(name);
    chosen.push(template);
  }
  return chosen;
}

/**
 * A description of one to four sentences; `required` is a slot that its first sentence must name.
 * Not every writer ends one with a full stop or begins it large.
 */
export function compose(
  templates: Templates,
  slots: Slots,
  length: Exclude<Length, "ultra-long">,
  random: Random,
  required?: string,
): Described {
  const template = pick(random, usable(templates.openings, slots, required));
  const index = templates.openings.indexOf(template);
  const tailed = length !== "short" && chance(random, 0.4) && !/[.?!]/.test(template);
  const tail = tailed ? continuing(random, usable(templates.tails, slots), [template], 1).join("") : "";
  const opening = fill(template + tail, slots);
  const count = followUpCount[length](random);
  const more = continuing(random, usable(templates.followUps, slots), [template, tail], count).map((each) =>
    sentence(fill(each, slots)),
  );
  if (more.length > 0) return { text: [sentence(opening), ...more].join(" "), index };
  const begun = chance(random, 0.85) ? capitalized(opening) : opening;
  return { text: chance(random, 0.5) ? sentence(begun) : begun, index };
}

const fewestWords = 80;
/** Leaves room below 160 for a wish such as "no hyphens". */
const mostWords = 145;

/**
 * A story of 80–145 words: one sentence that begins it, then one or two of each part, in order.
 * `index` is the first sentence's. Drawn again until the length fits.
 */
export function tell(slots: Slots, random: Random, required?: string): Described {
  const [beginnings = [], ...parts] = storyParts;
  for (;;) {
    const beginning = pick(random, usable(beginnings, slots, required));
    const chosen = parts.flatMap((part) => pickSome(random, usable(part, slots), 1 + below(random, 2)));
    const text = [beginning, ...chosen].map((each) => sentence(fill(each, slots))).join(" ");
    const words = wordCount(text);
    if (words >= fewestWords && words <= mostWords) return { text, index: beginnings.indexOf(beginning) };
  }
}
