import { expect, test } from "vitest";
import { bestAllowed, drawFromTop, drawToken, logSumExp, type TokenLogit } from "./choice.ts";
import { uniformAt } from "./seed.ts";

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

/** Returns a vocabulary of 2,000 tokens whose logits are spread like a normal distribution. */
function vocabulary(spread: number, seed: number): TokenLogit[] {
  return Array.from({ length: 2000 }, (_, id) => {
    const [one, other] = [uniformAt(seed, 2 * id), uniformAt(seed, 2 * id + 1)];
    const normal = Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other);
    return { id, logit: Math.fround(spread * normal) };
  });
}

function topOf(all: readonly TokenLogit[], count: number) {
  const top = [...all].sort((a, b) => b.logit - a.logit).slice(0, count);
  const logNormaliser = logSumExp(all.map(({ logit }) => logit)) + 1e-6;
  return { top, logNormaliser, vocabularySize: all.length };
}

test.each([0.3, 0.8, 1, 1.5])("drawFromTop draws what drawToken draws at temperature %d", (temperature) => {
  let drawn = 0;
  for (let seed = 0; seed < 100; seed++) {
    const all = vocabulary(1 + (seed % 6), seed);
    const uniform = uniformAt(7, seed);
    const found = drawFromTop(topOf(all, 256), temperature, uniform);
    if (found === null) continue;
    drawn += 1;
    const expected = drawToken(all, temperature, uniform);
    expect(found.id).toBe(expected.id);
    expect(found.logprob).toBeCloseTo(expected.logprob, 5);
  }
  expect(drawn).toBeGreaterThan(20);
});

/** Allows one token in `every`, chosen without a pattern in the logits. */
const oneIn = (every: number) => (id: number) => (id * 7919) % every === 0;

test.each([0.3, 0.8, 1, 1.5])(
  "drawFromTop draws among the allowed tokens at temperature %d",
  (temperature) => {
    let drawn = 0;
    for (let seed = 0; seed < 100; seed++) {
      const all = vocabulary(1 + (seed % 6), seed);
      const uniform = uniformAt(7, seed);
      const expected = drawToken(all, temperature, uniform, oneIn(3));
      expect(oneIn(3)(expected.id)).toBe(true);
      const found = drawFromTop(topOf(all, 256), temperature, uniform, oneIn(3));
      if (found === null) continue;
      drawn += 1;
      expect(found.id).toBe(expected.id);
      expect(found.logprob).toBeCloseTo(expected.logprob, 5);
    }
    expect(drawn).toBeGreaterThan(20);
  },
);

test("a draw among the allowed tokens is renormalized, but its probability is that before the grammar", () => {
  const without9 = (id: number): boolean => id !== 9;
  const drawn = [0, 0.59, 0.61, 0.999].map((uniform) => drawToken(logits, 1, uniform, without9));
  expect(drawn.map(({ id }) => id)).toEqual([2, 2, 5, 5]);
  expect(drawn.map(({ logprob }) => Math.exp(logprob).toFixed(6))).toEqual([
    "0.300000",
    "0.300000",
    "0.200000",
    "0.200000",
  ]);
  expect(() => drawToken(logits, 1, 0.5, () => false)).toThrow(RangeError);
});

test("drawFromTop returns null where none of the likeliest tokens is allowed", () => {
  const all = vocabulary(2, 4);
  const { top, ...rest } = topOf(all, 16);
  const last = Math.min(...top.map(({ logit }) => logit));
  const unlikely = new Set(all.flatMap(({ id, logit }) => (logit < last ? [id] : [])));
  expect(drawFromTop({ top, ...rest }, 0.8, 0.5, (id) => unlikely.has(id))).toBeNull();
});

test("bestAllowed returns the largest allowed logit, and the smaller id of equal ones", () => {
  expect(bestAllowed(logits, (id) => id !== 9)?.id).toBe(2);
  expect(bestAllowed([...logits, { id: 1, logit: logits[2]?.logit ?? 0 }], (id) => id < 5)?.id).toBe(1);
  expect(bestAllowed(logits, () => false)).toBeNull();
});

test("drawFromTop draws nearly always from a peaked distribution", () => {
  const uniforms = Array.from({ length: 500 }, (_, position) => uniformAt(3, position));
  const peaked = topOf(vocabulary(5, 1), 256);
  expect(uniforms.filter((uniform) => drawFromTop(peaked, 0.8, uniform) === null).length).toBeLessThan(10);
});

test("drawFromTop returns null where the other tokens decide", () => {
  const flat = topOf(vocabulary(0.5, 1), 16);
  expect(drawFromTop(flat, 1, 0.5)).toBeNull();
  expect(drawFromTop(flat, 1, 0.999)).toBeNull();
  const tied = Array.from({ length: 20 }, (_, id) => ({ id, logit: 1 }));
  expect(drawFromTop(topOf(tied, 10), 1, 0)).toBeNull();
});

test("drawFromTop needs no rest if it knows every token", () => {
  const all = vocabulary(2, 4);
  for (const uniform of [0, 0.2, 0.5, 0.9, 0.999]) {
    expect(drawFromTop(topOf(all, all.length), 0.8, uniform)?.id).toBe(drawToken(all, 0.8, uniform).id);
  }
});
