import { describe, expect, it } from "vitest";
import { ggufBytes, type TestGguf } from "../../testing/ggufFile.ts";
import { adoptedAdapterProblems, adoptedModelProblems } from "./adoptionCheck.ts";
import { parseGgufHeader } from "./header.ts";

const headerOf = (file: TestGguf) => {
  const bytes = ggufBytes(file);
  return parseGgufHeader(bytes, bytes.length);
};

const base = {
  metadata: {
    "general.type": "model",
    "general.architecture": "llama",
    "llama.block_count": 1,
    "llama.attention.head_count": 4,
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>", "▁"],
  },
  tensors: [
    { name: "token_embd.weight", shape: [32, 4] },
    { name: "output_norm.weight", shape: [32] },
    { name: "blk.0.attn_q.weight", shape: [32, 64] },
    { name: "blk.0.ffn_down.weight", shape: [64, 32] },
  ],
};

describe("adoptedModelProblems", () => {
  const problemsOf = (change: Partial<TestGguf>) =>
    adoptedModelProblems(headerOf({ ...base, ...change }), headerOf(base));
  const withMetadata = (more: TestGguf["metadata"]) =>
    problemsOf({ metadata: { ...base.metadata, ...more } });
  const withTensor = (name: string, shape: readonly number[]) =>
    problemsOf({ tensors: [...base.tensors.filter((tensor) => tensor.name !== name), { name, shape }] });

  it("accepts the base itself, defaults that are spelled out, and another precision", () => {
    expect(problemsOf({})).toEqual([]);
    expect(withMetadata({ "llama.rope.freq_base": 10_000, "tokenizer.ggml.pre": "default" })).toEqual([]);
    const half = base.tensors.map((tensor) => ({ ...tensor, type: 1 }));
    expect(problemsOf({ tensors: half })).toEqual([]);
  });

  it.each([
    [{ "general.architecture": "qwen2", "qwen2.block_count": 1 }, 'its architecture is "qwen2"'],
    [{ "llama.attention.head_count": 8 }, "llama.attention.head_count is 8, but 4 in the base"],
    [{ "llama.rope.freq_base": 20_000 }, "llama.rope.freq_base is 20000, but 10000 in the base"],
    [{ "tokenizer.ggml.tokens": ["<unk>", "<s>"] }, "its tokenizer has 2 tokens, but 4 in the base"],
    [{ "tokenizer.ggml.tokens": ["<unk>", "<s>", "</s>", "a"] }, 'token 3 is "a", but "▁" in the base'],
    [{ "tokenizer.ggml.merges": ["a b"] }, "tokenizer.ggml.merges differs"],
    [{ "tokenizer.ggml.eos_token_id": 3 }, "tokenizer.ggml.eos_token_id is 3"],
    [{ "namewright.chat_format": "chatml" }, 'namewright.chat_format is "chatml", but "mistral-v3"'],
  ])("refuses other metadata: %j", (metadata, problem) => {
    expect(withMetadata(metadata as TestGguf["metadata"]).join("; ")).toContain(problem);
  });

  it("refuses tensors that are missing, unknown or of another shape", () => {
    expect(withTensor("blk.0.attn_q.weight", [32, 32])).toEqual([
      "blk.0.attn_q.weight is 32 × 32, but 32 × 64 in the base",
    ]);
    expect(withTensor("output.weight", [32, 4])).toEqual(["the base has no tensor output.weight"]);
    expect(problemsOf({ tensors: base.tensors.slice(1) }).join()).toContain("token_embd.weight is missing");
  });
});

describe("adoptedAdapterProblems", () => {
  const adapter = {
    metadata: {
      "general.type": "adapter",
      "general.architecture": "llama",
      "adapter.type": "lora",
      "adapter.lora.alpha": 32.5,
    },
    tensors: [
      { name: "blk.0.attn_q.weight.lora_a", shape: [32, 2] },
      { name: "blk.0.attn_q.weight.lora_b", shape: [2, 64] },
    ],
  };
  const problemsOf = (file: TestGguf) => adoptedAdapterProblems(headerOf(file), headerOf(base));

  it("accepts an adapter of the base", () => {
    expect(problemsOf(adapter)).toEqual([]);
  });

  it("refuses an adapter without an alpha, or of another shape", () => {
    const { "adapter.lora.alpha": _alpha, ...metadata } = adapter.metadata;
    expect(problemsOf({ ...adapter, metadata })).toEqual(["its alpha is missing (adapter.lora.alpha)"]);
    const [a, b] = adapter.tensors;
    const wide = [a, { name: b?.name ?? "", shape: [2, 32] }] as TestGguf["tensors"];
    expect(problemsOf({ ...adapter, tensors: wide }).join()).toContain("is for 32 × 32, but the base model");
  });
});
