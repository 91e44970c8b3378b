import { type Architecture, extraTensors, projections } from "./architecture.ts";

/** The tensors that a Mistral, Llama or Qwen model of this architecture must have, with their shapes as PyTorch gives them. */
export function expectedTensors(model: Architecture): Map<string, readonly number[]> {
  const { hiddenSize, vocabularySize } = model;
  const expected = new Map<string, readonly number[]>([
    ["model.embed_tokens.weight", [vocabularySize, hiddenSize]],
    ["model.norm.weight", [hiddenSize]],
  ]);
  if (!model.tiedEmbeddings) expected.set("lm_head.weight", [vocabularySize, hiddenSize]);
  for (let layer = 0; layer < model.layers; layer += 1) {
    const prefix = `model.layers.${layer}`;
    for (const [name, [inputs, outputs]] of Object.entries(projections(model))) {
      const block = /^[qkvo]_/.test(name) ? "self_attn" : "mlp";
      expected.set(`${prefix}.${block}.${name}.weight`, [outputs, inputs]);
    }
    for (const [name, size] of extraTensors(model)) expected.set(`${prefix}.self_attn.${name}`, [size]);
    expected.set(`${prefix}.input_layernorm.weight`, [hiddenSize]);
    expected.set(`${prefix}.post_attention_layernorm.weight`, [hiddenSize]);
  }
  return expected;
}
