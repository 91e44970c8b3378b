import { expect, test } from "vitest";
import { canDequantize, dequantize, halfToNumber } from "./dequantize.ts";
import blocks from "./fixtures/blocks.json" with { type: "json" };
import { ggufTensorName, permutedHeads, sourceRow } from "./tensorNames.ts";

test.each(blocks)("$type as the gguf package decodes it", ({ type, bytes, values }) => {
  const decoded = dequantize(type, Uint8Array.from(bytes));
  expect(decoded.length).toBe(values.length);
  for (const [index, value] of values.entries()) {
    expect(Math.abs((decoded[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(
      1e-6 * Math.max(1, Math.abs(value)),
    );
  }
});

test("decodes extreme values in half precision", () => {
  expect([0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0xfc00].map(halfToNumber)).toEqual([
    1,
    -2,
    2 ** -24,
    65504,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
  expect(halfToNumber(0x7e00)).toBeNaN();
});

test("throws for a type without a decoder", () => {
  expect(canDequantize("iq2_xs")).toBe(false);
  expect(() => dequantize("iq2_xs", new Uint8Array(74))).toThrow(RangeError);
});

test("names", () => {
  expect(ggufTensorName("model.layers.11.self_attn.k_proj.weight")).toBe("blk.11.attn_k.weight");
  expect(ggufTensorName("lm_head.weight")).toBe("output.weight");
  expect(ggufTensorName("model.layers.1.self_attn.rotary_emb.inv_freq")).toBeNull();
});

test("rows of q and k are those of numpy's reshape(heads, 2, size / 2).swapaxes(1, 2)", () => {
  // heads = 2, 8 rows each: 0 1 2 3 | 4 5 6 7 in turn.
  const rows = Array.from({ length: 16 }, (_, row) => sourceRow(row, 16, 2));
  expect(rows).toEqual([0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15]);
  expect(sourceRow(5, 16, null)).toBe(5);
  expect(permutedHeads("blk.0.attn_k.weight", "llama", 6, 2)).toBe(2);
  expect(permutedHeads("blk.0.attn_v.weight", "llama", 6, 2)).toBeNull();
  expect(permutedHeads("blk.0.attn_k.weight", "qwen2", 6, 2)).toBeNull();
});
