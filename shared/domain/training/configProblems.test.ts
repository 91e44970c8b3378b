import { describe, expect, it } from "vitest";
import { architectureOf, parameterCounts } from "./architecture.ts";
import { configProblems } from "./configProblems.ts";
import { expectedTensors } from "./expectedTensors.ts";
import { mistral7b } from "./mistral7b.ts";

const mistral = {
  rms_norm_eps: 1e-5,
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14336,
  vocab_size: 32768,
  max_position_embeddings: 32768,
};

describe("configProblems", () => {
  it("finds nothing in Mistral's config, nor in one without the optional fields", () => {
    expect(configProblems(mistral)).toEqual([]);
    const { num_key_value_heads: _, ...least } = mistral;
    expect(configProblems(least)).toEqual([]);
    expect(architectureOf(mistral)).toEqual(mistral7b);
  });

  it.each([
    ["hidden_size", "many", /hidden_size is "many", not a whole number from 1 to 1000000/],
    ["hidden_size", undefined, /hidden_size is missing/],
    ["num_hidden_layers", 10 ** 9, /num_hidden_layers is 1000000000, not/],
    ["vocab_size", 2 ** 53, /vocab_size is 9007199254740992, not/],
    ["intermediate_size", -1, /intermediate_size is -1/],
    ["num_attention_heads", 1.5, /num_attention_heads is 1.5/],
    ["num_key_value_heads", 7, /doesn't divide/],
    ["head_dim", 3, /not an even number/],
    ["tie_word_embeddings", "no", /tie_word_embeddings is "no"/],
  ])("refuses %s %s", (field, value, problem) => {
    expect(configProblems({ ...mistral, [field]: value })).toEqual([expect.stringMatching(problem)]);
  });
});

describe("conversion", () => {
  it.each([
    [{ rope_scaling: { type: "linear" } }, /"linear"/],
    [{ rope_parameters: { rope_type: "yarn" } }, /"yarn"/],
    [{ use_sliding_window: true }, /sliding window/],
    [{ rms_norm_eps: undefined }, /rms_norm_eps is missing/],
    [{ max_position_embeddings: null }, /max_position_embeddings is null/],
  ])("is refused for %o", (change, problem) => {
    expect(configProblems({ ...mistral, ...change })).toEqual([expect.stringMatching(problem)]);
  });
});

describe("expectedTensors", () => {
  const qwen = (architecture: string) => architectureOf({ ...mistral, architectures: [architecture] });

  it.each([mistral7b, qwen("Qwen2ForCausalLM"), qwen("Qwen3ForCausalLM")])(
    "holds as many parameters as the architecture counts: %o",
    (model) => {
      const { linear, rest } = parameterCounts(model);
      const sizes = [...expectedTensors(model).values()].map((shape) =>
        shape.reduce((product, size) => product * size, 1),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(linear + rest);
    },
  );

  it("holds the biases of Qwen 2 and the norms of Qwen 3", () => {
    const [biases, norms] = ["Qwen2ForCausalLM", "Qwen3ForCausalLM"].map((name) =>
      expectedTensors(qwen(name)),
    );
    expect(biases?.get("model.layers.0.self_attn.k_proj.bias")).toEqual([1024]);
    expect(norms?.get("model.layers.0.self_attn.q_norm.weight")).toEqual([128]);
  });

  it("skips a head tied to the embedding", () => {
    const tied = expectedTensors({ ...mistral7b, tiedEmbeddings: true });
    expect(tied.has("lm_head.weight")).toBe(false);
    expect(tied.get("model.layers.31.self_attn.k_proj.weight")).toEqual([1024, 4096]);
  });
});
