import { Failure } from "../../../shared/domain/failure.ts";
import { decideGate } from "../../../shared/domain/parity/gate.ts";
import type { ForcedSequence, GeneratedRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { GateResult } from "../../../shared/schema/parity.ts";
import { type ParityReference, ParityReferenceSchema } from "../../../shared/schema/parity.ts";
import { readRegular } from "../files/regularFile.ts";
import type { InferenceService } from "../inference/inferenceService.ts";

export interface GateOptions {
  readonly inference: Pick<InferenceService, "describe" | "tokenize" | "generateRows" | "forcedLogprobs">;
  /** The base with the adapter that the reference was written for. */
  readonly model: ModelRef;
  readonly reference: ParityReference;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads the trainer's `parity.json`. @throws Failure `missing` or `bad-value`. */
export async function readParityReference(path: string): Promise<ParityReference> {
  let text: string;
  try {
    text = (await readRegular(path)).toString("utf8");
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure("missing", `no parity reference at ${path}`, { file: path, cause: error });
  }
  try {
    return ParityReferenceSchema.parse(JSON.parse(text));
  } catch (error) {
    const hint = "Train again, or convert the adapter again.";
    throw new Failure("bad-value", `${path} isn't a parity reference`, { file: path, cause: error, hint });
  }
}

function forcedSequencesOf(reference: ParityReference): ForcedSequence[] {
  return reference.sequences.map(({ promptIds, completionIds, positions }, index) => ({
    key: String(index),
    promptIds,
    completionIds,
    topIds: positions.map(({ ids }) => ids),
  }));
}

async function greedyCompletions(options: GateOptions): Promise<number[][]> {
  const { inference, model, reference, signal } = options;
  const rows: GeneratedRow[] = [];
  await inference.generateRows({
    model,
    rows: reference.sequences.map(({ content }, index) => ({ key: String(index), content, seed: 0 })),
    choice: { temperature: 0, maxTokens: reference.maxNewTokens },
    refusalProbability: false,
    signal,
    onRow: (row) => {
      rows.push(row);
      options.onProgress?.(rows.length, reference.sequences.length);
    },
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return reference.sequences.map((_, index) => {
    const row = byKey.get(String(index));
    if (row === undefined) throw new Error(`no completion for sequence ${index}`);
    return row.stop === "end" ? [...row.ids, reference.eos] : row.ids;
  });
}

/**
 * Runs the reference's sequences through the engine, with the adapter on and off, and decides the gate.
 * @throws Failure of the inference service. A failed gate is a result, see `assertGate`.
 */
export async function runParityGate(options: GateOptions): Promise<GateResult> {
  const { inference, model, reference, signal } = options;
  const sequences = forcedSequencesOf(reference);
  const contents = reference.sequences.map(({ content }) => content);
  return decideGate(reference, {
    engine: await inference.describe(model),
    promptIds: await inference.tokenize(model, contents, true),
    completionIds: await greedyCompletions(options),
    on: await inference.forcedLogprobs({ model, sequences, signal }),
    off: await inference.forcedLogprobs({ model: { ...model, adapter: null }, sequences, signal }),
  });
}

/** @throws Failure `check-failed` with the differences when the gate failed. */
export function assertGate(result: GateResult): void {
  if (result.passed) return;
  throw new Failure("check-failed", `the parity gate failed: ${result.reasons.join("; ")}`, {
    hint: "The engine doesn't run the model that was trained. Convert the adapter again for this exact base.",
  });
}
