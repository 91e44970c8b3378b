import type { NameCategory, NameScore } from "../../schema/judge.ts";
import { formatNumber } from "../format/number.ts";
import { isValidName } from "../naming/names.ts";
import { conciseness, sayability } from "./form.ts";
import { lexiconText } from "./lexicon.ts";
import { isInappropriate, type Relevance, relevanceOf } from "./relevance.ts";
import { segmentName } from "./segment.ts";
import { type Topic, topicOf } from "./topic.ts";

/** Every number that decides a rule score; part of what the stamp hashes. */
export const ruleWeights = {
  version: 1,
  /** What an unrelated name keeps of its craft. */
  unrelatedShare: 0.2,
  sayability: 0.7,
  conciseness: 0.3,
  /** Names made of words of the description and nothing else score at most this. */
  literalCopyCap: 0.45,
  /** One word of the description with a neutral ending scores at most this. */
  singleCopyCap: 0.55,
  brokenWish: 0.5,
  missedNumber: 0.8,
  /** Characters beyond which a name is `too_long`. */
  tooLong: 20,
  /** Relevance below which a name is `random_word`. */
  randomWord: 0.15,
  /** Rule score from which a name is `good`; below it is `ok`. */
  good: 0.6,
} as const;

/** Identifies the rule judge; its hash is in the stamp as `rubric`. */
export const ruleJudgeText = JSON.stringify({ ruleWeights, lexiconText });

function copyCap({ copied, coined, bare }: Relevance): number {
  if (copied === 0 || coined > 0) return 1;
  return copied >= 2 || bare ? ruleWeights.literalCopyCap : ruleWeights.singleCopyCap;
}

/** The factor for what the description asks of names: hyphens and digits forbidden, numbers wanted. */
function wishFactor(name: string, topic: Topic): number {
  const broken = (topic.wantsNoHyphens && name.includes("-")) || (topic.wantsNoNumbers && /\d/.test(name));
  if (broken) return ruleWeights.brokenWish;
  return topic.wantsNumbers && !/\d/.test(name) ? ruleWeights.missedNumber : 1;
}

function categoryOf(name: string, relevance: number, score: number): NameCategory {
  if (name.length > ruleWeights.tooLong) return "too_long";
  if (relevance < ruleWeights.randomWord) return "random_word";
  return score >= ruleWeights.good ? "good" : "ok";
}

/** What a name's rule score is made of, each on 0–1. */
interface Parts {
  readonly sayability: number;
  readonly conciseness: number;
  readonly relevance: number;
  /** The score it cannot exceed, because it copies the description; 1: no cap. */
  readonly cap: number;
  /** The factor for what the description asks of names. */
  readonly wish: number;
}

function partsOf(name: string, topic: Topic): Parts {
  const runs = segmentName(name, topic.words);
  const relevance = relevanceOf(runs, topic);
  return {
    sayability: sayability(runs.flat()),
    conciseness: conciseness(name),
    relevance: relevance.value,
    cap: copyCap(relevance),
    wish: wishFactor(name, topic),
  };
}

function relatedOf(parts: Parts): number {
  const { unrelatedShare } = ruleWeights;
  const craft = ruleWeights.sayability * parts.sayability + ruleWeights.conciseness * parts.conciseness;
  return craft * (unrelatedShare + (1 - unrelatedShare) * parts.relevance);
}

/** The rule score of one name. */
function scoreName(index: number, name: string, topic: Topic): NameScore {
  const runs = segmentName(name, topic.words);
  if (isInappropriate(runs)) return { index, name, category: "inappropriate", score: 0, likert: null };
  if (!isValidName(name)) return { index, name, category: "other_failure", score: 0, likert: null };
  const parts = partsOf(name, topic);
  const score = Math.min(relatedOf(parts), parts.cap) * parts.wish;
  return { index, name, category: categoryOf(name, parts.relevance, score), score, likert: null };
}

/** Explains a name's rule score: the rule judge's reason. */
export function explainRuleScore(description: string, name: string): string {
  const topic = topicOf(description);
  if (isInappropriate(segmentName(name, topic.words))) return "contains a blocked word";
  if (!isValidName(name)) return "breaks the naming rules";
  const parts = partsOf(name, topic);
  const shown = (value: number) => formatNumber(value, 2);
  return [
    `relevance ${shown(parts.relevance)}`,
    `sayability ${shown(parts.sayability)}`,
    `conciseness ${shown(parts.conciseness)}`,
    ...(parts.cap < relatedOf(parts) ? [`capped at ${shown(parts.cap)} for copying the description`] : []),
    ...(parts.wish < 1 ? [`× ${shown(parts.wish)} for not following the description`] : []),
  ].join(", ");
}

/**
 * The rule judge's word on a row's names: a baseline called *rule score* (0–1), never quality.
 *
 *     craft = 0.7 × sayability + 0.3 × conciseness
 *     score = min(craft × (0.2 + 0.8 × relevance), cap of literal copying) × what the description asks
 *
 * Categories: `inappropriate` (a listed word; score 0), `other_failure` (breaks the naming rules; score 0),
 * `too_long` (over 20 characters), `random_word` (relevance under 0.15), `good` (score 0.6 or more), else `ok`.
 * Deterministic and offline; the same input gives the same output on every machine. Throws nothing.
 */
export function ruleScoreNames(description: string, names: readonly string[]): NameScore[] {
  const topic = topicOf(description);
  return names.map((name, index) => scoreName(index, name, topic));
}
