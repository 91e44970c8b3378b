import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { contentFor } from "../../../shared/domain/prompt/template.ts";
import type { EngineInfo, GeneratedRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { InferenceService } from "../inference/inferenceService.ts";
import { generatePools } from "../inference/poolGeneration.ts";
import { tokenChoice } from "../inference/tokenChoice.ts";
import type { ReadyPrompt } from "../prompts/versionPrompt.ts";
import type { Sample } from "./evaluateRows.ts";
import { type Engine, type Generated, sampleKey } from "./rowJournal.ts";

/** Returns the engine's part of the stamp. */
function engineStamp({ engine, precision }: EngineInfo): Engine {
  return { engine, precision };
}

interface SampleRequest {
  readonly model: ModelRef;
  readonly prompt: ReadyPrompt;
  readonly samples: readonly Sample[];
  readonly decoding: Decoding;
  readonly signal: AbortSignal;
  onEngine(engine: Engine): Promise<void>;
  onGenerated(generated: Generated): Promise<void>;
}

/** Generates samples and passes each to `onGenerated`, one at a time and in order of completion. */
export async function generateSamples(inference: InferenceService, request: SampleRequest): Promise<void> {
  const { model, samples, signal } = request;
  await request.onEngine(engineStamp(await inference.describe(model)));
  const byKey = new Map(samples.map((sample) => [sampleKey(sample.test.row, sample.sample), sample]));
  const failed = new AbortController();
  let handled: Promise<void> = Promise.resolve();
  const onRow = ({ key, text, nameProbabilities, refusalProbability, latencyMs }: Output) => {
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
  };
  const generating = generate(inference, {
    ...request,
    signal: AbortSignal.any([signal, failed.signal]),
    onRow,
  });
  await generating.catch(async (error: unknown) => {
    await handled;
    throw error;
  });
  await handled;
}

type Output = Omit<GeneratedRow, "ids" | "stop">;

/** Generates one output for each sample: a completion, or the best names of a pool of them. */
async function generate(
  inference: InferenceService,
  {
    model,
    prompt,
    samples,
    decoding,
    signal,
    onRow,
  }: Pick<SampleRequest, "model" | "prompt" | "samples" | "decoding" | "signal"> & {
    onRow(output: Output): void;
  },
): Promise<void> {
  const common = { model, sharedPrefix: prompt.before, signal, onRow };
  const rows = samples.map(({ test, sample }) => ({
    key: sampleKey(test.row, sample),
    content: contentFor(prompt, test.description),
    row: test.row,
    seed: rowSeed(decoding.seed, test.row, sample),
  }));
  const { pool } = decoding;
  if (pool !== undefined) {
    const { refusal } = prompt;
    await generatePools(inference, { ...common, rows, decoding: { ...decoding, pool }, refusal });
    return;
  }
  await inference.generateRows({
    ...common,
    rows: rows.map(({ key, content, seed }) => ({ key, content, seed })),
    choice: tokenChoice(decoding, prompt.refusal),
    // Where a refusal is a word, the probability of ending at once isn't that of refusing.
    refusalProbability: prompt.refusal === null,
  });
}
