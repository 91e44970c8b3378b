import type { Device, Precision } from "../../schema/training.ts";
import type { GgufPrecision } from "../../schema/workspace.ts";
import {
  type Architecture,
  adaptedProjections,
  keyValueBytesPerToken,
  loraParameterCount,
  parameterCounts,
} from "./architecture.ts";
import type { Preset } from "./presets.ts";

/** The settings that an estimate depends on. */
export type EstimatedSettings = Pick<Preset, "lora" | "optimisation" | "evaluation" | "parity" | "precision">;

/** What is known about the rows of a dataset before a training. */
export interface RowSizes {
  /** Tokens of the longest row, or an upper bound. */
  readonly longest?: number | undefined;
  /** Number of validation rows. */
  readonly validation?: number | undefined;
}

/** Memory of a training in bytes, part by part. Estimates by arithmetic: within about 15 % for the large parts. */
export interface MemoryEstimate {
  readonly weights: number;
  readonly lora: number;
  readonly gradients: number;
  readonly optimiser: number;
  readonly activations: number;
  readonly logits: number;
  readonly keyValueCache: number;
  /** Libraries, the CUDA context, and what the allocator holds in reserve. */
  readonly runtime: number;
  readonly total: number;
}

/** NF4 with double quantization: 4 bits and 0.127 bits of constants (Dettmers et al. 2023, section 3). */
const BITS: Readonly<Record<Precision, number>> = { float32: 32, bfloat16: 16, float16: 16, int4: 4.127 };
/** Bytes of a computed value: 4-bit weights are computed with in bfloat16. */
const VALUE_BYTES: Readonly<Record<Precision, number>> = { float32: 4, bfloat16: 2, float16: 2, int4: 2 };
const FLOAT32 = 4;
/** Adam's two moments, in float32. */
const ADAM = 2 * FLOAT32;
/** Adam's two moments in 8 bits, with one float32 constant for each 256 values. */
const ADAM_8_BIT = 2 * (1 + FLOAT32 / 256);
/** TRL's chunked loss holds the logits of this many tokens at a time. */
const LOGIT_CHUNK = 256;
/** Logits, their softmax, and a gradient or a float32 copy. */
const LOGIT_COPIES = 3;
/** Logits of a sequence with the adapter on and off, at shifted positions, and their softmax. */
const REFERENCE_COPIES = 6;
/** Validation rows measured at once, and prompt and new tokens of such a batch on an accelerator. */
const CPU_ROWS = 16;
const ACCELERATOR_ROWS = 32;
const ACCELERATOR_TOKENS = 6144;
/** Resident memory of Python with torch, transformers and TRL was 0.9 GB on Linux; a CUDA context adds to it. */
const RUNTIME_BYTES = { cpu: 0.9e9, accelerator: 1.2e9 };

/** Returns the memory that a training takes on its device. Without row sizes, it is an upper bound. */
export function estimateMemory(
  model: Architecture,
  settings: EstimatedSettings,
  device: Exclude<Device, "auto">,
  rows: RowSizes = {},
): MemoryEstimate {
  const { lora, optimisation, precision } = settings;
  const counts = parameterCounts(model);
  const value = VALUE_BYTES[precision];
  const adapter = loraParameterCount(model, lora);
  const parts = {
    // bitsandbytes quantizes the linear layers of the blocks only.
    weights: (counts.linear * BITS[precision]) / 8 + counts.rest * value,
    lora: adapter * FLOAT32,
    gradients: adapter * FLOAT32,
    optimiser: adapter * (optimisation.optimizer === "paged_adamw_8bit" ? ADAM_8_BIT : ADAM),
    ...largestPhase(model, settings, device, rows),
    runtime: device === "cpu" ? RUNTIME_BYTES.cpu : RUNTIME_BYTES.accelerator,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}

/** Resident memory of the trainer beside CUDA: its libraries, the context and pinned buffers. */
const HOST_BYTES = 2.5e9;
/** A shard of a checkpoint, which passes through the host's memory on its way to the GPU. */
const SHARD_BYTES = 5e9;

/** Host memory in bytes that a training on a GPU takes as well; null where the device's memory is the host's. */
export function estimateHostMemory(
  model: Architecture,
  { precision }: Pick<EstimatedSettings, "precision">,
  device: Exclude<Device, "auto">,
): number | null {
  if (device !== "cuda") return null;
  const { linear, rest } = parameterCounts(model);
  return HOST_BYTES + Math.min(SHARD_BYTES, (linear + rest) * VALUE_BYTES[precision]);
}

/**
 * Activations kept for the backward pass. A layer keeps per token about eight vectors of the hidden size, the
 * projections' and attention's values twice, four of the feed-forward size, and LoRA's inner vectors (after
 * Korthikanti et al. 2022, section 4, for gated feed-forward and fused attention). Dropout keeps a copy of each
 * adapted projection's input. DoRA keeps the outputs of the base and of the adapter. With checkpointing only each
 * layer's input and one whole layer are held at a time.
 */
function activationBytes(
  model: Architecture,
  { lora, optimisation, precision }: EstimatedSettings,
  length: number,
) {
  const attention = (model.heads + 2 * model.keyValueHeads) * model.headWidth;
  const dropped = lora.dropout > 0 ? 6 * model.hiddenSize + model.intermediateSize : 0;
  const inner = lora.r * lora.targetModules.length;
  const outputs = adaptedProjections(model, lora).reduce((sum, [, size]) => sum + size, 0);
  const kept = lora.dora ? 2 * outputs : 0;
  const layer = 8 * model.hiddenSize + 2 * attention + 4 * model.intermediateSize + inner + dropped + kept;
  const tokens = optimisation.batchSize * length;
  // `auto` turns it on where it is needed, so that is what must fit.
  const values = optimisation.gradientCheckpointing
    ? model.layers * model.hiddenSize + layer
    : model.layers * layer;
  return tokens * values * VALUE_BYTES[precision];
}

/**
 * Bytes that each forward with DoRA takes for the norms of one projection's rows: PEFT multiplies A and B out with an
 * identity matrix in float32, then adds a scaled copy to the weights.
 */
function rowNormBytes(
  model: Architecture,
  { lora, precision }: Pick<EstimatedSettings, "lora" | "precision">,
): number {
  if (!lora.dora) return 0;
  const sizes = adaptedProjections(model, lora).map(
    ([inputs, outputs]) => inputs * (FLOAT32 * (inputs + outputs) + 3 * VALUE_BYTES[precision] * outputs),
  );
  return Math.max(0, ...sizes);
}

/** The memory of one phase of a training: a step, a batch of validation rows, or the reference of the parity gate. */
type Phase = Pick<MemoryEstimate, "activations" | "logits" | "keyValueCache">;

/** The phases take turns with the same memory: only the largest counts. */
function largestPhase(
  model: Architecture,
  settings: EstimatedSettings,
  device: Exclude<Device, "auto">,
  { longest = settings.optimisation.maxLength, validation = Number.POSITIVE_INFINITY }: RowSizes,
): Phase {
  const length = Math.min(longest, settings.optimisation.maxLength);
  const total = ({ activations, logits, keyValueCache }: Phase) => activations + logits + keyValueCache;
  const batch = validationBatch(settings, device, length);
  const largest = [
    trainingPhase(model, settings, length),
    evaluatingPhase(model, settings, Math.min(batch, validation), length),
    referencePhase(model, settings, batch, length),
  ].reduce((most, phase) => (total(phase) > total(most) ? phase : most));
  return { ...largest, activations: largest.activations + rowNormBytes(model, settings) };
}

function trainingPhase(model: Architecture, settings: EstimatedSettings, length: number): Phase {
  const { batchSize, refusalWeight } = settings.optimisation;
  const tokens = batchSize * length;
  // A weighted loss isn't computed in chunks.
  const held = refusalWeight === 1 ? Math.min(tokens, LOGIT_CHUNK) : tokens;
  return {
    activations: activationBytes(model, settings, length),
    logits: LOGIT_COPIES * held * model.vocabularySize * FLOAT32,
    keyValueCache: 0,
  };
}

/** Answering holds the keys and values of a batch. Its forward keeps the values of one layer at a time. */
function evaluatingPhase(
  model: Architecture,
  { evaluation, precision }: EstimatedSettings,
  rows: number,
  length: number,
): Phase {
  const value = VALUE_BYTES[precision];
  const answered = Math.min(evaluation.generationRows, rows) * (length + evaluation.maxNewTokens);
  // Logits are computed for the completions only, which are hardly longer than the answers that are generated.
  const scored = rows * Math.min(length, evaluation.maxNewTokens);
  return {
    activations: forwardBytes(model, rows * length, value),
    logits: LOGIT_COPIES * scored * model.vocabularySize * FLOAT32,
    keyValueCache: answered * keyValueBytesPerToken(model, value),
  };
}

/** The reference answers batches of sequences, then computes each alone with a copy of the head in float32. */
function referencePhase(
  model: Architecture,
  { parity, precision }: EstimatedSettings,
  batch: number,
  length: number,
): Phase {
  const value = VALUE_BYTES[precision];
  const rows = Math.min(batch, parity.sequences);
  const head = value === FLOAT32 ? 0 : model.hiddenSize * model.vocabularySize * FLOAT32;
  return {
    activations: forwardBytes(model, rows * length, value),
    logits: head + REFERENCE_COPIES * parity.maxNewTokens * model.vocabularySize * FLOAT32,
    keyValueCache: rows * (length + parity.maxNewTokens) * keyValueBytesPerToken(model, value),
  };
}

/** Bytes of one layer's values in a forward pass without gradients. */
function forwardBytes(model: Architecture, tokens: number, value: number): number {
  return tokens * (2 * model.hiddenSize + 3 * model.intermediateSize) * value;
}

/**
 * Returns the validation rows measured at once. On an accelerator, long rows make batches smaller. `validation_batch`
 * in resources/trainer is the same.
 */
export function validationBatch(
  { optimisation, evaluation }: Pick<EstimatedSettings, "optimisation" | "evaluation">,
  device: Exclude<Device, "auto">,
  longestRow: number,
): number {
  if (evaluation.batchSize !== null) return evaluation.batchSize;
  if (device === "cpu") return Math.max(CPU_ROWS, optimisation.batchSize);
  const fitting = Math.floor(ACCELERATOR_TOKENS / (longestRow + evaluation.maxNewTokens));
  return Math.max(1, Math.min(ACCELERATOR_ROWS, fitting));
}

/** Disk in bytes that a training run takes at its peak. */
export interface DiskEstimate {
  readonly checkpoints: number;
  readonly adapter: number;
  readonly adapterGguf: number;
  /** The merged GGUF of a training with DoRA. */
  readonly merged: number;
  readonly parityReference: number;
  readonly total: number;
}

/** The best checkpoint, the last two, and the one being written. */
const CHECKPOINTS_AT_ONCE = 4;
/** 20 sequences of some 40 positions with about a hundred tokens each, as JSON. */
const PARITY_BYTES = 2.5e6;

/** Bytes per weight of a GGUF. A K-quant needs an f16 file beside it while it is made. */
const GGUF_BYTES: Readonly<Record<GgufPrecision, number>> = {
  f16: 2,
  bf16: 2,
  q8_0: 34 / 32,
  q4_0: 18 / 32,
  q6_k: 2 + 0.83,
  q5_k_m: 2 + 0.72,
  q4_k_m: 2 + 0.61,
};

export function estimateDisk(
  model: Architecture,
  { lora }: Pick<Preset, "lora">,
  precision: GgufPrecision,
): DiskEstimate {
  const adapter = loraParameterCount(model, lora);
  const { linear, rest } = parameterCounts(model);
  const parts = {
    checkpoints: CHECKPOINTS_AT_ONCE * adapter * (FLOAT32 + ADAM),
    adapter: adapter * FLOAT32,
    adapterGguf: lora.dora ? 0 : adapter * 2,
    merged: lora.dora ? (linear + rest) * GGUF_BYTES[precision] : 0,
    parityReference: PARITY_BYTES,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes, 0) };
}
