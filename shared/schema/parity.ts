import { z } from "zod";
import { EngineInfoSchema } from "./inference.ts";
import { Count, Positive, Unit } from "./numbers.ts";

/** Where a sequence first differs between the engines; ids null: that side has ended. Position counts from 0. */
const ParityDifferenceSchema = z.strictObject({
  description: z.string(),
  position: Count,
  reference: z.number().int().nullable(),
  engine: z.number().int().nullable(),
  /** The reference's best minus second best logit there; null for prompt ids. */
  margin: z.number().nullable(),
});
export type ParityDifference = z.infer<typeof ParityDifferenceSchema>;

/** Whether a part of the gate lets the adapter through; `reported`: it does not decide here. */
const PartVerdictSchema = z.enum(["passed", "failed", "reported"]);
export type PartVerdict = z.infer<typeof PartVerdictSchema>;

/** What the parity gate found: do the trainer (PyTorch) and the engine (llama.cpp) run the same adapted model? */
export const GateResultSchema = z.strictObject({
  passed: z.boolean(),
  engine: EngineInfoSchema,
  /** Type of the trainer's weights. */
  referencePrecision: z.string(),
  sequences: Count,
  positions: Count,
  /** Part 1: prompt ids, equal always. */
  tokens: z.strictObject({
    verdict: PartVerdictSchema,
    equal: Count,
    first: ParityDifferenceSchema.nullable(),
  }),
  /** Part 2: greedy completions, equal or first different where the reference itself nearly tied. */
  greedy: z.strictObject({
    verdict: PartVerdictSchema,
    equal: Count,
    nearTies: Count,
    /** The first difference with the largest margin. */
    worst: ParityDifferenceSchema.nullable(),
  }),
  /** Part 3: the adapter's effect on the log-probabilities, on − off. */
  effect: z.strictObject({
    verdict: PartVerdictSchema,
    /** 1 − ‖engine's effect − reference's‖ / ‖reference's‖ over all positions; null: too small an effect to tell. */
    agreement: z.number().nullable(),
    threshold: z.number(),
    /** Root mean square of the reference's effect, and of the difference between the two, in nats. */
    size: z.number().nonnegative(),
    difference: z.number().nonnegative(),
    worst: z.strictObject({ description: z.string(), agreement: z.number() }).nullable(),
  }),
  /** Part 4, reported: the distributions with the adapter on. */
  distribution: z.strictObject({
    /** KL(reference ‖ engine) in nats over the reference's top tokens and one bucket for the rest. */
    meanKl: z.number(),
    maxKl: z.number(),
    /** Share of positions with the same most probable token. */
    topAgreement: Unit.nullable(),
    maxLogprobDifference: z.number().nonnegative(),
  }),
  /** One sentence for each part that refuses. */
  reasons: z.array(z.string()),
});
export type GateResult = z.infer<typeof GateResultSchema>;

const ids = z.array(Count);

/**
 * `parity.json`, written while the trained model is still loaded. Position i predicts `completionIds[i]` after
 * `promptIds` and `completionIds[0…i−1]`; its `ids` are the union of the `top` most probable tokens with the
 * adapter on and off, sorted by `on`, so that `ids[0] = completionIds[i]`. `on` and `off` are natural
 * log-probabilities over the whole vocabulary, rounded to 1e-4: the adapter's effect is `on[k] − off[k]`.
 */
export const ParityReferenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Type of the model's weights in the trainer. */
  precision: z.string(),
  maxNewTokens: Positive,
  top: Positive,
  eos: Count,
  sequences: z.array(
    z.strictObject({
      source: z.enum(["validation", "train", "hard"]),
      description: z.string(),
      /** The prompt template with the description put in; its ids are between [INST] and [/INST]. */
      content: z.string(),
      promptIds: ids,
      /** Greedy with the adapter on; ends with `eos` unless `maxNewTokens` were reached. */
      completionIds: ids,
      completion: z.string(),
      /** Best minus second best logit at each position, adapter on. */
      margins: z.array(z.number()),
      positions: z.array(z.strictObject({ ids, on: z.array(z.number()), off: z.array(z.number()) })),
    }),
  ),
});
export type ParityReference = z.infer<typeof ParityReferenceSchema>;
