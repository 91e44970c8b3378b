import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { contentFor } from "../../../shared/domain/prompt/template.ts";
import type { EngineInfo, ModelRef } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import { tokenChoice } from "../inference/tokenChoice.ts";
import type { ReadyPrompt } from "../prompts/versionPrompt.ts";
import type { Sample } from "./evaluateRows.ts";
import { type Engine, type Generated, sampleKey } from "./rowJournal.ts";

/** Returns the engine's part of the stamp. */
function engineStamp({ engine, precision }: EngineInfo): Engine {
  return { engine, precision };
}

/** Generates samples and passes each to `onGenerated`, one at a time and in order of completion. */
export async function generateSamples(
  inference: InferenceService,
  request: {
    model: ModelRef;
    prompt: ReadyPrompt;
    samples: readonly Sample[];
    decoding: Decoding;
    signal: AbortSignal;
    onEngine(engine: Engine): Promise<void>;
    onGenerated(generated: Generated): Promise<void>;
  },
): Promise<void> {
  const { model, prompt, samples, decoding, signal } = request;
  await request.onEngine(engineStamp(await inference.describe(model)));
  const byKey = new Map(samples.map((sample) => [sampleKey(sample.test.row, sample.sample), sample]));
  const failed = new AbortController();
  let handled: Promise<void> = Promise.resolve();
  await inference
    .generateRows({
      model,
      rows: samples.map(({ test, sample }) => ({
        key: sampleKey(test.row, sample),
        content: contentFor(prompt, test.description),
        seed: rowSeed(decoding.seed, test.row, sample),
      })),
      choice: tokenChoice(decoding, prompt.refusal),
      sharedPrefix: prompt.before,
      // Where a refusal is a word, the probability of ending at once isn't that of refusing.
      refusalProbability: prompt.refusal === null,
      signal: AbortSignal.any([signal, failed.signal]),
      onRow: ({ key, text, nameProbabilities, refusalProbability, latencyMs }) => {
        const sample = byKey.get(key);
        if (sample === undefined) return;
        const { test } = sample;
        handled = handled.then(() =>
          request.onGenerated({
            row: test.row,
            sample: sample.sample,
            text,
            nameProbabilities,
            refusalProbability,
            latencyMs,
          }),
        );
        // A row that can't be recorded stops the rest. The failure itself is thrown below.
        handled.catch(() => failed.abort());
      },
    })
    .catch(async (error: unknown) => {
      await handled;
      throw error;
    });
  await handled;
}
