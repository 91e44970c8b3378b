import { Failure } from "../../../shared/domain/failure.ts";
import { type ControlMeasures, decideGate } from "../../../shared/domain/parity/gate.ts";
import type {
  AdapterRef,
  ForcedResult,
  ForcedSequence,
  GeneratedRow,
  ModelRef,
} from "../../../shared/schema/inference.ts";
import type { GateResult } from "../../../shared/schema/parity.ts";
import { type ParityReference, ParityReferenceSchema } from "../../../shared/schema/parity.ts";
import { readRegular } from "../files/regularFile.ts";
import type { InferenceService } from "../inference/inferenceService.ts";

export interface GateOptions {
  readonly inference: Pick<InferenceService, "describe" | "tokenize" | "generateRows" | "forcedLogprobs">;
  /** The GGUF of the base alone. */
  readonly base: string;
  /** What the reference was written for: the base with the adapter, or the adapter merged into it. */
  readonly model: ModelRef;
  /** The adapter without llama.cpp's order of q and k; null where the order doesn't matter. */
  readonly unpermuted: AdapterRef | null;
  /** Another version on the same base. */
  readonly other: { readonly name: string; readonly model: ModelRef } | null;
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

interface Control {
  readonly name: string;
  readonly required: boolean;
  readonly model: ModelRef;
}

const unpermutedRows = "unpermuted q and k";

/** The controls that need a run of their own. Another version may have nearly the same effect, so it isn't required. */
function controlsOf({ base, model, unpermuted, other }: GateOptions): Control[] {
  const controls: Control[] = [];
  const add = (name: string, required: boolean, control: ModelRef) =>
    controls.push({ name, required, model: control });
  if (model.adapter !== null) {
    const { id, path, scale } = model.adapter;
    const half = { id: `${id} at half its scale`, path, scale: scale / 2 };
    add("half its scale", true, { gguf: base, adapter: half });
  }
  if (unpermuted !== null) add(unpermutedRows, true, { gguf: base, adapter: unpermuted });
  if (other !== null) add(other.name, false, other.model);
  return controls;
}

/**
 * Returns the log-probabilities halfway between two models, which stand for half of an effect. At half its scale, a
 * merged adapter would be another file as large as the base.
 */
function halfwayBetween(on: readonly ForcedResult[], off: readonly ForcedResult[]): ForcedResult[] {
  return on.map(({ key, positions }, sequence) => ({
    key,
    positions: positions.map(({ logprobs, ...position }, at) => ({
      ...position,
      logprobs: logprobs.map(
        (value, id) => (value + (off[sequence]?.positions[at]?.logprobs[id] ?? Number.NaN)) / 2,
      ),
    })),
  }));
}

/**
 * Runs the reference's sequences through the engine, with the adapter on and off and with each control, and decides
 * the gate.
 * @throws Failure of the inference service. A failed gate is a result, see `assertGate`.
 */
export async function runParityGate(options: GateOptions): Promise<GateResult> {
  const { inference, base, model, reference, signal } = options;
  const sequences = forcedSequencesOf(reference);
  const contents = reference.sequences.map(({ content }) => content);
  const forced = (tried: ModelRef) => inference.forcedLogprobs({ model: tried, sequences, signal });
  const engine = await inference.describe(model);
  const promptIds = await inference.tokenize(model, contents, true);
  const completionIds = await greedyCompletions(options);
  const on = await forced(model);
  const off = await forced({ gguf: base, adapter: null });
  const controls: ControlMeasures[] = [{ name: "no adapter", required: true, on: off }];
  const isMerged = model.adapter === null;
  if (isMerged) controls.push({ name: "half its effect", required: true, on: halfwayBetween(on, off) });
  for (const { name, required, model: control } of controlsOf(options))
    controls.push({ name, required, on: await forced(control) });
  const result = decideGate(reference, { engine, promptIds, completionIds, on, off, controls });
  if (!isMerged) return result;
  return { ...result, effect: { ...result.effect, controlsNotRun: [unpermutedRows] } };
}

/** @throws Failure `check-failed` with the differences when the gate failed. */
export function assertGate(result: GateResult): void {
  if (result.passed) return;
  throw new Failure("check-failed", `the parity gate failed: ${result.reasons.join("; ")}`, {
    hint: "The engine doesn't run the model that was trained. Convert the adapter again for this exact base.",
  });
}
