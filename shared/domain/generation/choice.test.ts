import { expect, test } from "vitest";
import { drawToken, logSumExp } from "./choice.ts";

const logits = [
  { id: 5, logit: Math.log(0.2) + 3 },
  { id: 9, logit: Math.log(0.5) + 3 },
  { id: 2, logit: Math.log(0.3) + 3 },
];

test("logSumExp does not overflow", () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
});

test("drawToken selects by inversion from the likeliest token", () => {
  expect([0, 0.49, 0.51, 0.79, 0.81, 0.999].map((uniform) => drawToken(logits, 1, uniform).id)).toEqual([
    9, 9, 2, 2, 5, 5,
  ]);
});

test("drawToken reports the probability at temperature 1 for any temperature", () => {
  for (const temperature of [0.1, 0.8, 1, 3]) {
    const { id, logprob } = drawToken(logits, temperature, 0);
    expect(id).toBe(9);
    expect(Math.exp(logprob)).toBeCloseTo(0.5, 12);
  }
});

test("a low temperature sharpens and a high one flattens", () => {
  expect(drawToken(logits, 0.05, 0.99).id).toBe(9);
  expect(drawToken(logits, 100, 0.7).id).toBe(5);
});

test("drawToken ignores the order of the logits, including equal ones", () => {
  const tied = [...logits, { id: 1, logit: logits[0]?.logit ?? 0 }];
  for (const uniform of [0.1, 0.55, 0.7, 0.72, 0.86, 0.95]) {
    expect(drawToken([...tied].reverse(), 1, uniform)).toEqual(drawToken(tied, 1, uniform));
  }
});

test("drawToken throws without logits", () => {
  expect(() => drawToken([], 1, 0.5)).toThrow(RangeError);
  expect(() => drawToken(logits, 0, 0.5)).toThrow(RangeError);
});
