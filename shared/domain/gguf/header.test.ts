import { describe, expect, test } from "vitest";
import { ggufBytes, tensorBytes } from "../../testing/ggufFile.ts";
import { MalformedGguf, MoreBytesNeeded, textOf } from "./bytes.ts";
import { parseGgufHeader } from "./header.ts";
import { adapterProblems, baseProblems } from "./modelCheck.ts";

const tokens = ["<unk>", "<s>", "</s>", "▁"];
const baseFile = {
  metadata: {
    "general.type": "model",
    "general.architecture": "llama",
    "llama.block_count": 1,
    "tokenizer.ggml.tokens": tokens,
    "llama.rope.freq_base": 10000.5,
  },
  tensors: [
    { name: "token_embd.weight", shape: [32, 4] },
    { name: "output_norm.weight", shape: [32] },
    { name: "blk.0.attn_q.weight", shape: [32, 64] },
    { name: "blk.0.ffn_down.weight", shape: [64, 32] },
  ],
};
const adapterFile = {
  metadata: { "general.type": "adapter", "general.architecture": "llama", "adapter.type": "lora" },
  tensors: [
    { name: "blk.0.attn_q.weight.lora_a", shape: [32, 2] },
    { name: "blk.0.attn_q.weight.lora_b", shape: [2, 64] },
  ],
};

const parsed = (file: Parameters<typeof ggufBytes>[0]) => {
  const bytes = ggufBytes(file);
  return parseGgufHeader(bytes, bytes.length);
};

describe("reading", () => {
  test("reads metadata, shapes and offsets", () => {
    const header = parsed(baseFile);
    expect(header.version).toBe(3);
    expect(header.metadata.get("tokenizer.ggml.tokens")).toEqual(tokens);
    expect(header.metadata.get("llama.rope.freq_base")).toBeCloseTo(10000.5, 3);
    expect(header.tensors[2]).toMatchObject({
      name: "blk.0.attn_q.weight",
      shape: [32, 64],
      length: 32 * 64 * 4,
    });
    expect((header.tensors[0]?.start ?? 1) % 32).toBe(0);
  });

  test("asks for more of a short beginning, and throws for a file truncated anywhere", () => {
    const bytes = ggufBytes(baseFile);
    for (let cut = 0; cut < bytes.length; cut += 7) {
      const part = bytes.subarray(0, cut);
      expect(() => parseGgufHeader(part, part.length)).toThrow(MalformedGguf);
    }
    expect(() => parseGgufHeader(bytes.subarray(0, 200), bytes.length)).toThrow(MoreBytesNeeded);
    expect(() => parseGgufHeader(bytes, bytes.length - 1)).toThrow(/truncated/);
  });

  test.each([
    ["another format", 0, 0x21, /doesn't start with GGUF/],
    ["another version", 4, 9, /version 9/],
    ["a count of tensors that no file can hold", 8 + 5, 1, /tensors, more than fit in the file/],
    ["a text longer than the file", 24 + 4, 1, /bytes in a text, more than fit in the file/],
  ])("damage: %s", (_, place, byte, message) => {
    const bytes = ggufBytes(baseFile);
    bytes[place] = byte;
    expect(() => parseGgufHeader(bytes, bytes.length)).toThrow(message);
  });

  test("reads or rejects a header with any damaged byte, without other errors", () => {
    const whole = ggufBytes(baseFile);
    for (let place = 0; place < whole.length - tensorBytes(baseFile.tensors); place++) {
      for (const value of [0, 0xff]) {
        const bytes = whole.slice();
        bytes[place] = value;
        try {
          parseGgufHeader(bytes, bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedGguf);
        }
      }
    }
  });

  test("reads UTF-8", () => {
    const text = "▁Zürich 🙂 手";
    expect(textOf(new TextEncoder().encode(text))).toBe(text);
    expect(textOf(Uint8Array.of(0x61, 0xe2, 0x96))).toBe("a\ufffd\ufffd");
  });
});

describe("checking", () => {
  test("accepts a base and its adapter", () => {
    expect(baseProblems(parsed(baseFile))).toEqual([]);
    expect(adapterProblems(parsed(adapterFile), parsed(baseFile))).toEqual([]);
  });

  test("rejects an adapter in place of a base, and the reverse", () => {
    expect(baseProblems(parsed(adapterFile)).join()).toContain('it is a "adapter", not a model');
    expect(adapterProblems(parsed(baseFile), parsed(baseFile)).join()).toContain(
      'it is a "model", not a adapter',
    );
  });

  test("rejects another architecture and a missing tensor", () => {
    const other = { ...baseFile, metadata: { ...baseFile.metadata, "general.architecture": "phi3" } };
    expect(baseProblems(parsed(other))).toContain(
      'its architecture is "phi3", not "llama" or "qwen2" or "qwen3"',
    );
    const split = { ...baseFile, metadata: { ...baseFile.metadata, "split.no": 0, "split.count": 3 } };
    expect(baseProblems(parsed(split))).toEqual([
      "it is part 1 of 3 of a split GGUF. Join the parts with `llama-gguf-split --merge FIRST-PART OUTPUT` of llama.cpp",
    ]);
    const less = { ...baseFile, tensors: baseFile.tensors.slice(0, 3) };
    expect(baseProblems(parsed(less))).toEqual(["tensor blk.0.ffn_down.weight is missing"]);
  });

  test.each([
    [
      "of another size",
      [{ name: "blk.0.attn_q.weight.lora_b", shape: [2, 96] }],
      /32 × 96, but the base model has 32 × 64/,
    ],
    ["of two ranks", [{ name: "blk.0.attn_q.weight.lora_b", shape: [3, 64] }], /rank 2 on one side and 3/],
    ["with one matrix", [], /only one of its two matrices/],
    [
      "for a tensor that is not there",
      [
        { name: "blk.0.attn_q.weight.lora_b", shape: [2, 64] },
        { name: "blk.9.attn_q.weight.lora_a", shape: [32, 2] },
        { name: "blk.9.attn_q.weight.lora_b", shape: [2, 64] },
      ],
      /blk\.9\.attn_q\.weight isn't a tensor of the base/,
    ],
  ])("an adapter %s", (_, others, message) => {
    const file = { ...adapterFile, tensors: [...adapterFile.tensors.slice(0, 1), ...others] };
    expect(adapterProblems(parsed(file), parsed(baseFile)).join()).toMatch(message);
  });
});
