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

/** How a model that is wrong on purpose compares with the adapter under test. */
const ControlResultSchema = z.strictObject({
  /** What is wrong with it. */
  name: z.string(),
  /** Root mean square in nats of the control's effect minus the adapter's, both in the engine. */
  distance: z.number().nonnegative(),
  /** The reference on the line from the adapter (0) to the control (1); null if both have the same effect. */
  position: z.number().nullable(),
  /** Standard error of the position over sequences; null for fewer than two. */
  error: z.number().nonnegative().nullable(),
  verdict: PartVerdictSchema,
});
export type ControlResult = z.infer<typeof ControlResultSchema>;

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
    /** 1 − difference / size; null for an effect within the reference's own noise. */
    agreement: z.number().nullable(),
    /** The least agreement that passed: in gates decided before there were controls. */
    threshold: z.number().optional(),
    /** Root mean squares in nats: of the reference's effect, and of the difference between the two. */
    size: z.number().nonnegative(),
    difference: z.number().nonnegative(),
    /** Root mean square in nats of the rounding in the reference's effect; null: not measured. */
    noise: z.number().nonnegative().nullable().default(null),
    /**
     * The largest difference that passes, in nats: half of the distance to the nearest control, or 3 × noise. Null for an
     * engine with quantized weights, and in gates decided before there were controls.
     */
    limit: z.number().nonnegative().nullable().default(null),
    controls: z.array(ControlResultSchema).default([]),
    /** Controls that a merged model doesn't have; absent for an adapter. */
    controlsNotRun: z.array(z.string()).optional(),
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
  /** Why the adapter was promoted although the gate failed. */
  promotedBecause: z.string().optional(),
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
  /** Type of the model's weights in the trainer; int4 for weights quantized by bitsandbytes. */
  precision: z.string(),
  /** Root mean square in nats of the rounding in `on − off`; null: not measured, by earlier versions. */
  noise: z.number().nonnegative().nullable().default(null),
  maxNewTokens: Positive,
  top: Positive,
  eos: Count,
  sequences: z.array(
    z.strictObject({
      source: z.enum(["validation", "train", "hard"]),
      description: z.string(),
      /** The prompt template with the description put in; its ids are between the pieces of the chat format. */
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
