const whole: Readonly<Record<string, string>> = {
  "model.embed_tokens.weight": "token_embd.weight",
  "model.norm.weight": "output_norm.weight",
  "lm_head.weight": "output.weight",
};

const inLayer: Readonly<Record<string, string>> = {
  "self_attn.q_proj": "attn_q",
  "self_attn.k_proj": "attn_k",
  "self_attn.v_proj": "attn_v",
  "self_attn.o_proj": "attn_output",
  "mlp.gate_proj": "ffn_gate",
  "mlp.up_proj": "ffn_up",
  "mlp.down_proj": "ffn_down",
  input_layernorm: "attn_norm",
  post_attention_layernorm: "ffn_norm",
  "self_attn.q_norm": "attn_q_norm",
  "self_attn.k_norm": "attn_k_norm",
};

/** The GGUF name of a tensor of a Hugging Face Mistral, Llama or Qwen, null for one that GGUF does not hold. */
export function ggufTensorName(name: string): string | null {
  const [, layer, module, kind] = /^model\.layers\.(\d+)\.(.*)\.(weight|bias)$/.exec(name) ?? [];
  if (layer === undefined || module === undefined) return whole[name] ?? null;
  const short = inLayer[module];
  return short === undefined ? null : `blk.${layer}.${short}.${kind}`;
}

/** How many heads' rows llama.cpp reorders in this tensor, null where it keeps the order, as it does for Qwen. */
export function permutedHeads(
  ggufName: string,
  architecture: unknown,
  heads: number,
  keyValueHeads: number,
): number | null {
  if (architecture !== "llama") return null;
  if (/\.attn_q\.weight$/.test(ggufName)) return heads;
  return /\.attn_k\.weight$/.test(ggufName) ? keyValueHeads : null;
}

/**
 * The row of the Hugging Face tensor that is at `row` of the GGUF one. There the two halves that rotary positions
 * turn together lie one after the other, here in turn (convert_hf_to_gguf.py, LlamaModel.permute).
 */
export function sourceRow(row: number, rows: number, heads: number | null): number {
  if (heads === null) return row;
  const size = rows / heads;
  const inHead = row % size;
  return row - inHead + (inHead % 2) * (size / 2) + Math.floor(inHead / 2);
}
