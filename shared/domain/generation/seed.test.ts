import { expect, test } from "vitest";
import { rowSeed, uniformAt } from "./seed.ts";

test("derives a row's seed only from run, row and attempt", () => {
  expect(rowSeed(1, 7, 0)).toBe(rowSeed(1, "7", 0));
  const seeds = [rowSeed(1, 7, 0), rowSeed(2, 7, 0), rowSeed(1, 8, 0), rowSeed(1, 7, 1), rowSeed(17, "", 0)];
  expect(new Set(seeds).size).toBe(seeds.length);
  for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
});

test("gives 2000 rows distinct seeds, with neighbors far apart", () => {
  const seeds = Array.from({ length: 2000 }, (_, row) => rowSeed(1, row + 1, 0));
  expect(new Set(seeds).size).toBe(2000);
});

test("draws uniforms in [0, 1), spread evenly over positions and over rows", () => {
  for (const draws of [
    Array.from({ length: 20_000 }, (_, position) => uniformAt(42, position)),
    Array.from({ length: 20_000 }, (_, row) => uniformAt(rowSeed(1, row, 0), 0)),
  ]) {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const draw of draws) {
      expect(draw).toBeGreaterThanOrEqual(0);
      expect(draw).toBeLessThan(1);
      const tenth = Math.floor(draw * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // χ² with 9 degrees of freedom: 27.9 is its 99.9th percentile.
    expect(tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9);
  }
});
