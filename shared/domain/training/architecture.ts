import { z } from "zod";
import type { TrainSpec } from "../../schema/training.ts";

/** The sizes of a Mistral, Llama or Qwen model that decide what it costs. */
export interface Architecture {
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headWidth: number;
  readonly intermediateSize: number;
  readonly vocabularySize: number;
  readonly tiedEmbeddings: boolean;
  /** Small tensors besides those of a Mistral: biases of q, k and v in Qwen 2, norms of q and k in Qwen 3. */
  readonly extra?: "biases" | "norms";
}

const Size = z.number().int().positive();

/** The part of a Hugging Face `config.json` that is read here. */
const ModelConfigSchema = z.looseObject({
  hidden_size: Size,
  num_hidden_layers: Size,
  num_attention_heads: Size,
  num_key_value_heads: Size.nullish(),
  head_dim: Size.nullish(),
  intermediate_size: Size,
  vocab_size: Size,
  tie_word_embeddings: z.boolean().nullish(),
  architectures: z.array(z.string()).nullish(),
});

const extras: Readonly<Record<string, Architecture["extra"]>> = {
  Qwen2ForCausalLM: "biases",
  Qwen3ForCausalLM: "norms",
};

/** From a parsed `config.json`; throws ZodError where a size is missing. */
export function architectureOf(config: unknown): Architecture {
  const parsed = ModelConfigSchema.parse(config);
  const extra = extras[parsed.architectures?.[0] ?? ""];
  return {
    hiddenSize: parsed.hidden_size,
    layers: parsed.num_hidden_layers,
    heads: parsed.num_attention_heads,
    keyValueHeads: parsed.num_key_value_heads ?? parsed.num_attention_heads,
    headWidth: parsed.head_dim ?? parsed.hidden_size / parsed.num_attention_heads,
    intermediateSize: parsed.intermediate_size,
    vocabularySize: parsed.vocab_size,
    tiedEmbeddings: parsed.tie_word_embeddings ?? false,
    ...(extra === undefined ? {} : { extra }),
  };
}

/** [inputs, outputs] of each linear projection of a layer. */
export function projections(model: Architecture): Readonly<Record<string, readonly [number, number]>> {
  const attention = model.heads * model.headWidth;
  const keyValue = model.keyValueHeads * model.headWidth;
  return {
    q_proj: [model.hiddenSize, attention],
    k_proj: [model.hiddenSize, keyValue],
    v_proj: [model.hiddenSize, keyValue],
    o_proj: [attention, model.hiddenSize],
    gate_proj: [model.hiddenSize, model.intermediateSize],
    up_proj: [model.hiddenSize, model.intermediateSize],
    down_proj: [model.intermediateSize, model.hiddenSize],
  };
}

/** The sizes of the small tensors of a layer's attention besides those of a Mistral, by name. */
export function extraTensors(model: Architecture): ReadonlyMap<string, number> {
  const keyValue = model.keyValueHeads * model.headWidth;
  if (model.extra === "norms")
    return new Map([
      ["q_norm.weight", model.headWidth],
      ["k_norm.weight", model.headWidth],
    ]);
  if (model.extra === undefined) return new Map();
  return new Map([
    ["q_proj.bias", model.heads * model.headWidth],
    ["k_proj.bias", keyValue],
    ["v_proj.bias", keyValue],
  ]);
}

/** Numbers of parameters: the linear layers', and the rest (embedding, head, norms). */
export function parameterCounts(model: Architecture): { linear: number; rest: number } {
  const layer = Object.values(projections(model)).reduce(
    (sum, [inputs, outputs]) => sum + inputs * outputs,
    0,
  );
  const embeddings = model.vocabularySize * model.hiddenSize * (model.tiedEmbeddings ? 1 : 2);
  const norms = (2 * model.layers + 1) * model.hiddenSize;
  const extra = [...extraTensors(model).values()].reduce((sum, size) => sum + size, 0) * model.layers;
  return { linear: layer * model.layers, rest: embeddings + norms + extra };
}

/** Returns [inputs, outputs] of each projection of a layer that gets an adapter. */
export function adaptedProjections(
  model: Architecture,
  { targetModules }: Pick<TrainSpec["lora"], "targetModules">,
): readonly (readonly [number, number])[] {
  const sizes = projections(model);
  return targetModules.flatMap((name) => (sizes[name] === undefined ? [] : [sizes[name]]));
}

/**
 * Parameters of LoRA: r · (inputs + outputs) for each adapted projection (Hu et al. 2021, section 4.1). DoRA adds a
 * magnitude for each output.
 */
export function loraParameterCount(
  model: Architecture,
  lora: Pick<TrainSpec["lora"], "r" | "targetModules" | "dora">,
): number {
  const layer = adaptedProjections(model, lora).reduce(
    (sum, [inputs, outputs]) => sum + lora.r * (inputs + outputs) + (lora.dora ? outputs : 0),
    0,
  );
  return layer * model.layers;
}

/** Bytes of the KV cache for one token at two bytes a value. */
export function keyValueBytesPerToken(model: Architecture, bytesPerValue = 2): number {
  return 2 * model.layers * model.keyValueHeads * model.headWidth * bytesPerValue;
}
