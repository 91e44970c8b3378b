import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import type { Random } from "../../../shared/domain/random.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import { redactionOf } from "../outbound/redaction.ts";
import { waitBeforeRetry } from "./chat.ts";
import type { Clock } from "./clock.ts";
import { createClient } from "./endpoint.ts";
import type { Meter } from "./meter.ts";

/** The vectors of some texts in their order, or why there are none. `budget`: a spending limit was reached. */
type Embedded =
  | { readonly kind: "embedded"; readonly vectors: readonly (readonly number[])[] }
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "budget" };

/** Embeds texts with a model of the LLM endpoint. */
export interface Embedder {
  readonly model: string;
  /** Makes one call, which the meter counts at the price of the chat model. @throws Failure `cancelled` */
  embed(texts: readonly string[], meter: Meter, signal: AbortSignal): Promise<Embedded>;
}

/** The fields that we read of a list of embeddings. */
const EmbeddingsSchema = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
  usage: z.object({ prompt_tokens: z.number().int().nonnegative() }).nullish(),
});

const attempts = 3;

export interface EmbedderDependencies {
  readonly settings: JudgeSettings;
  readonly model: string;
  readonly apiKey: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Creates an embedder on `/embeddings` of the LLM endpoint. A failed call is repeated twice. */
export function createEmbedder({ settings, model, apiKey, clock, random }: EmbedderDependencies): Embedder {
  const redact = redactionOf(apiKey);
  const client = createClient(settings, apiKey, redact);

  async function attempt(texts: readonly string[], meter: Meter, signal: AbortSignal): Promise<Embedded> {
    const request = { system: "", user: texts.join("\n"), schemaName: "embeddings", schema: {} };
    const reservation = meter.admit(request, 0);
    if (reservation === null) return { kind: "budget" };
    let inputTokens: number | null = null;
    try {
      const timeout = AbortSignal.timeout(settings.replyTimeoutMs + settings.bodyTimeoutMs);
      const asked = client.embeddings.create(
        { model, input: [...texts], encoding_format: "float" },
        { signal: AbortSignal.any([signal, timeout]) },
      );
      const { data, usage } = EmbeddingsSchema.parse(await asked);
      inputTokens = usage?.prompt_tokens ?? null;
      const vectors = data
        .toSorted((one, other) => one.index - other.index)
        .map(({ embedding }) => embedding);
      if (vectors.length === texts.length) return { kind: "embedded", vectors };
      return { kind: "unavailable", reason: `${vectors.length} embeddings for ${texts.length} texts` };
    } finally {
      meter.settle(reservation, inputTokens === null ? null : { inputTokens, outputTokens: 0 });
    }
  }

  return {
    model,
    async embed(texts, meter, signal) {
      for (let number = 1; ; number++) {
        try {
          return await attempt(texts, meter, signal);
        } catch (error) {
          if (signal.aborted) {
            throw new Failure("cancelled", "cancelled while waiting for embeddings", { cause: error });
          }
          const message = error instanceof Error ? error.message : String(error);
          const reason = redact(message.replace(/\s+/g, " ")).slice(0, 300);
          if (number === attempts) return { kind: "unavailable", reason };
          await clock.wait(waitBeforeRetry(number, null, random), signal);
        }
      }
    },
  };
}
