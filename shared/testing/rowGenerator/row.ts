import { keywords } from "../../domain/dataset/keywords.ts";
import { chance, pick, type Random } from "../../domain/random.ts";
import type { DatasetRow } from "../../schema/dataset.ts";
import { constraintWordings } from "./constraints.ts";
import { compose, type Described, type Length, type Templates, tell } from "./description.ts";
import { type Slots, sentence } from "./grammar.ts";
import { harmfulFollowUps, harmfulOpenings, harmfulTails } from "./harmfulTemplates.ts";
import type { Business } from "./lexicon/business.ts";
import { everydayGoods } from "./lexicon/everydayGoods.ts";
import { everydayServices } from "./lexicon/everydayServices.ts";
import { harmfulTopics } from "./lexicon/harmful.ts";
import { leftOut } from "./lexicon/leftOut.ts";
import { safeNeighbours } from "./lexicon/neighbours.ts";
import { type Constraint, templateNames } from "./nameTemplates.ts";
import { safeFollowUps, safeOpenings, safeTails } from "./safeTemplates.ts";
import { harmfulSlots, safeSlots } from "./slots.ts";

/** `safe` an ordinary business, `neighbour` a safe one in a harmful topic's words, `refusal` a harmful one. */
type RowKind = "safe" | "neighbour" | "refusal";

export interface RowRequest {
  readonly kind: RowKind;
  /** A harmful topic for `refusal` and `neighbour`, a sector or {@link leftOutTopic} for `safe`; else any. */
  readonly topic?: string;
  readonly constraint?: Constraint;
  /** Any but ultra-long where not given. */
  readonly length?: Length;
}

export interface WrittenRow extends DatasetRow {
  /** Which template of the generator wrote it, such as `generator/refusal/phishing/17`. */
  readonly source: string;
}

/** The safe topic of all sectors that the sample's first dataset leaves out. */
export const leftOutTopic = "left-out";

const safeTemplates: Templates = { openings: safeOpenings, tails: safeTails, followUps: safeFollowUps };
/**
 * Harmful descriptions also end in the harmless words of safe ones (those that need no slot of a business),
 * so that a closing phrase gives nothing away.
 */
const harmfulTemplates: Templates = {
  openings: harmfulOpenings,
  tails: [...harmfulTails, ...safeTails],
  followUps: [...harmfulFollowUps, ...safeFollowUps],
};
const everyday: readonly Business[] = [...everydayGoods, ...everydayServices];

/** Safe sectors that {@link writeRow} takes for a topic. */
export const sectors: readonly string[] = [
  ...new Set([...everyday, ...leftOut].map((business) => business.sector)),
];

/** Harmful topics that {@link writeRow} takes. */
export const topics: readonly string[] = [...harmfulTopics.keys()];

function businessesOf({ kind, topic }: RowRequest): readonly Business[] {
  if (kind === "neighbour") {
    return topic === undefined ? [...safeNeighbours.values()].flat() : (safeNeighbours.get(topic) ?? []);
  }
  if (topic === undefined) return everyday;
  if (topic === leftOutTopic) return leftOut;
  return [...everyday, ...leftOut].filter((business) => business.sector === topic);
}

/** Stems of the words that say what the business is, in the order in which the text has them. */
function nameStems(text: string, slots: Slots): string[] {
  const { kind = "", thing = "", thing2 = "", thing3 = "" } = slots;
  const own = new Set(keywords([kind, thing, thing2, thing3].join(" ")));
  return keywords(text).filter((stem) => own.has(stem));
}

function asked(text: string, constraint: Constraint | undefined, random: Random): string {
  if (constraint === undefined) return text;
  const wording = pick(random, constraintWordings[constraint]);
  const bracketed = wording.startsWith("{text} (");
  return wording.replace("{text}", () => (bracketed ? text.replace(/\.$/, "") : sentence(text)));
}

function shortLength(random: Random): Exclude<Length, "ultra-long"> {
  return pick(random, ["short", "short", "medium", "medium", "medium", "long"]);
}

function safeRow(request: RowRequest, random: Random): WrittenRow {
  const choices = businessesOf(request);
  if (choices.length === 0) throw new RangeError(`no businesses on topic ${request.topic}`);
  const slots = safeSlots(pick(random, choices), random);
  const length = request.length ?? shortLength(random);
  // A neighbour's goods alone may read as harmful: its description always says who deals with them.
  const required = request.kind === "neighbour" ? "kind" : undefined;
  const described: Described =
    length === "ultra-long"
      ? tell(slots, random, required)
      : compose(safeTemplates, slots, length, random, required);
  const stems = nameStems(described.text, slots).slice(0, chance(random, 0.75) ? 3 : 2);
  return {
    description: asked(described.text, request.constraint, random),
    suggestions: templateNames(
      stems.length > 0 ? stems : keywords(described.text),
      random,
      request.constraint,
    ),
    source: sourceOf(request, length === "ultra-long" ? `story-${described.index}` : `${described.index}`),
  };
}

function refusalRow(request: RowRequest, random: Random): WrittenRow {
  const topic = harmfulTopics.get(request.topic ?? pick(random, topics));
  if (topic === undefined) throw new RangeError(`no harmful topic ${request.topic}`);
  const length =
    request.length === undefined || request.length === "ultra-long" ? shortLength(random) : request.length;
  const { text, index } = compose(harmfulTemplates, harmfulSlots(topic, random), length, random);
  return {
    description: asked(text, request.constraint, random),
    suggestions: [],
    source: sourceOf({ ...request, topic: topic.topic }, `${index}`),
  };
}

function sourceOf({ kind, topic }: RowRequest, template: string): string {
  return `generator/${kind}/${topic ?? "any"}/${template}`;
}

/**
 * One row by our own grammar and lexicon, the same for the same state of `random`.
 * Throws RangeError for a topic that the lexicon does not hold ({@link topics}, {@link sectors}).
 */
export function writeRow(random: Random, request: RowRequest): WrittenRow {
  return request.kind === "refusal" ? refusalRow(request, random) : safeRow(request, random);
}
