import fc from "fast-check";
import { expect, test } from "vitest";
import { below, chance, mulberry32, pick, pickSome, seedOf, shuffled } from "./random.ts";

test("mulberry32 gives the numbers of its reference implementation", () => {
  const random = mulberry32(1);
  expect([random.next(), random.next(), random.next()]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ]);
});

test("numbers lie in [0, 1) and are spread evenly", () => {
  const random = mulberry32(42);
  const tenths = new Array<number>(10).fill(0);
  for (let draw = 0; draw < 20_000; draw++) {
    const tenth = below(random, 10);
    tenths[tenth] = (tenths[tenth] as number) + 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(1850);
  expect(Math.max(...tenths)).toBeLessThan(2150);
});

test("a shuffle keeps every choice, and a pick is one of them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.integer(),
      fc.nat(20),
      (choices, seed, count) => {
        const random = mulberry32(seed);
        expect(shuffled(random, choices).sort((a, b) => a - b)).toEqual([...choices].sort((a, b) => a - b));
        expect(choices).toContain(pick(random, choices));
        expect(pickSome(random, choices, count)).toHaveLength(Math.min(count, choices.length));
      },
    ),
  );
  expect(() => pick(mulberry32(1), [])).toThrow(RangeError);
});

test("chance keeps to its probability, seeds of texts differ", () => {
  const random = mulberry32(7);
  const hits = Array.from({ length: 10_000 }, () => chance(random, 0.3)).filter(Boolean).length;
  expect(Math.abs(hits - 3000)).toBeLessThan(150);
  expect(seedOf("bakery")).not.toBe(seedOf("bakerz"));
  expect(seedOf("")).toBe(0x811c9dc5);
});
