import { z } from "zod";
import { LabelSchema } from "../../schema/dataset.ts";
import {
  type LabelVerdict,
  LikertScoresSchema,
  NameCategorySchema,
  type NameScore,
  type NamesVerdict,
} from "../../schema/judge.ts";
import { issueWords } from "../issueWords.ts";

/** The longest reason kept, in UTF-16 code units; a longer one is a reply that ignored the rubric. */
const longestReason = 1000;

const NameReplySchema = z.strictObject({
  index: z.number().int(),
  ...LikertScoresSchema.shape,
  category: NameCategorySchema,
  reason: z.string().max(longestReason),
});

/** What the judge must answer about a row's names, exactly. */
const NamesReplySchema = z.strictObject({ verdicts: z.array(NameReplySchema) });

/** What the judge must answer about a description's safety, exactly. */
const LabelReplySchema = z.strictObject({ label: LabelSchema, reason: z.string().max(longestReason) });

type Unscored = Extract<NamesVerdict, { kind: "unscored" }>;

const malformed = (detail: string): Unscored => ({ kind: "unscored", reason: "malformed-reply", detail });

/** Parses a reply by its schema: the value, or *unscored* with what was wrong. Nothing is repaired or guessed. */
function parseReply<Value>(text: string, schema: z.ZodType<Value>): { value: Value } | Unscored {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return malformed(`not JSON: ${JSON.stringify(text.slice(0, 120))}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  return malformed(issueWords(parsed.error, json).slice(0, 500));
}

/** Four scores of 1–5 as one on 0–1: (mean − 1)/4. */
export function scoreOfLikert(likert: z.infer<typeof LikertScoresSchema>): number {
  const { relevance, creativity, brandability, conciseness } = likert;
  return ((relevance + creativity + brandability + conciseness) / 4 - 1) / 4;
}

/**
 * Reads the judge's reply about `names`, which it was shown in `order` (place → index). Its indices must be
 * exactly 0…n−1, in any order; the scores come back in the row's own order.
 */
export function readNamesReply(
  text: string,
  names: readonly string[],
  order: readonly number[],
): NamesVerdict {
  const parsed = parseReply(text, NamesReplySchema);
  if ("kind" in parsed) return parsed;
  const { verdicts } = parsed.value;
  const places = verdicts.map(({ index }) => index).sort((a, b) => a - b);
  if (places.length !== names.length || places.some((place, expected) => place !== expected)) {
    const detail = `indices ${JSON.stringify(places)} instead of 0…${names.length - 1}`;
    return { kind: "unscored", reason: "wrong-indices", detail: detail.slice(0, 500) };
  }
  const scores = verdicts.map(({ index: place, category, reason, ...likert }): NameScore => {
    const index = order[place] as number;
    return { index, name: names[index] as string, category, score: scoreOfLikert(likert), likert, reason };
  });
  return { kind: "scored", scores: scores.sort((a, b) => a.index - b.index), cached: false };
}

/** Reads the judge's reply about a description's safety. */
export function readLabelReply(text: string): LabelVerdict {
  const parsed = parseReply(text, LabelReplySchema);
  return "kind" in parsed ? parsed : { kind: "labelled", ...parsed.value, cached: false };
}
