import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGenerator } from "./generator.ts";
import { mcnemarExact } from "./mcnemar.ts";
import { type PairedOutcome, pairedProportion } from "./pairedProportion.ts";
import { tangoPaired } from "./tango.ts";

const options = { seed: 3, draws: 500 };

const outcomes = fc.array(
  fc.record({
    group: fc.constantFrom("a", "b", "c", "d"),
    baseline: fc.nat({ max: 1 }),
    candidate: fc.nat({ max: 1 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("a paired proportion", () => {
  test("of independent rows has Tango's interval and McNemar's p", () => {
    fc.assert(
      fc.property(outcomes, (rows) => {
        const alone = rows.map((row, index) => ({ ...row, group: String(index) }));
        const onlyBaseline = rows.filter((row) => row.baseline > row.candidate).length;
        const onlyCandidate = rows.filter((row) => row.candidate > row.baseline).length;
        expect(pairedProportion(alone, options)).toEqual({
          ci95: tangoPaired({ onlyBaseline, onlyCandidate, n: rows.length }),
          p: mcnemarExact(onlyBaseline, onlyCandidate),
          groups: null,
        });
      }),
    );
  });

  test("of grouped rows is never a point, never narrower, and mirrored by swapping the sides", () => {
    fc.assert(
      fc.property(outcomes, (rows) => {
        fc.pre(new Set(rows.map(({ group }) => group)).size < rows.length);
        const found = pairedProportion(rows, options);
        const [low, high] = found.ci95 as [number, number];
        const alone = pairedProportion(
          rows.map((row, index) => ({ ...row, group: String(index) })),
          options,
        );
        const [narrowLow, narrowHigh] = alone.ci95 as [number, number];
        expect(high - low).toBeGreaterThan(0);
        expect(high - low).toBeGreaterThanOrEqual((narrowHigh - narrowLow) * (1 - 1e-9));
        const swapped = pairedProportion(
          rows.map((row) => ({ ...row, baseline: row.candidate, candidate: row.baseline })),
          options,
        );
        expect(swapped.ci95?.[0]).toBeCloseTo(-high, 12);
        expect(swapped.ci95?.[1]).toBeCloseTo(-low, 12);
        expect(swapped.p).toBe(found.p);
      }),
    );
  });

  test("of rows that were each copied is about as certain as the rows themselves", () => {
    const rows: PairedOutcome[] = Array.from({ length: 60 }, (_, index) => ({
      group: String(index),
      baseline: index % 10 === 0 ? 1 : 0,
      candidate: index % 4 === 0 ? 1 : 0,
    }));
    const once = pairedProportion(rows, options);
    const twice = pairedProportion([...rows, ...rows], options);
    expect(twice.groups).toBe(60);
    expect(twice.ci95?.[0]).toBeCloseTo(once.ci95?.[0] as number, 2);
    expect(twice.ci95?.[1]).toBeCloseTo(once.ci95?.[1] as number, 2);
    expect(twice.p).toBeCloseTo(once.p, 1);
  });

  test("of groups that nothing distinguishes counts the groups, not the rows", () => {
    const rows: PairedOutcome[] = Array.from({ length: 40 }, (_, index) => ({
      group: String(index % 10),
      baseline: 1,
      candidate: 1,
    }));
    expect(pairedProportion(rows, options)).toEqual({
      ci95: tangoPaired({ onlyBaseline: 0, onlyCandidate: 0, n: 10 }),
      p: 1,
      groups: 10,
    });
  });

  test("of few groups that differ counts the groups, however many rows alike each has", () => {
    const rows: PairedOutcome[] = Array.from({ length: 300 }, (_, index) => ({
      group: String(index % 2),
      baseline: 1,
      candidate: index > 0 ? 1 : 0,
    }));
    expect(pairedProportion(rows, options).ci95).toEqual(
      tangoPaired({ onlyBaseline: 1 / 150, onlyCandidate: 0, n: 2 }),
    );
  });

  test("of alike groups covers the true difference in 93 to 98 % of seeded draws", () => {
    const generator = createGenerator(11);
    const draws = 1_000;
    let covered = 0;
    for (let draw = 0; draw < draws; draw++) {
      // Three rows in each of 60 groups, all alike: 20 % only the candidate, 10 % only the baseline.
      const rows = Array.from({ length: 60 }, (_, group) => {
        const kind = generator.below(10);
        const row = {
          group: String(group),
          baseline: kind === 0 ? 1 : 0,
          candidate: kind === 1 || kind === 2 ? 1 : 0,
        };
        return [row, row, row];
      }).flat();
      const [low, high] = pairedProportion(rows, { seed: 1, draws: 1 }).ci95 as [number, number];
      if (low <= 0.1 && 0.1 <= high) covered += 1;
    }
    expect(covered / draws).toBeGreaterThan(0.93);
    expect(covered / draws).toBeLessThan(0.98);
  });

  test("of shares of seeds counts a row once, with the sign-flip test", () => {
    const rows = (share: number): PairedOutcome[] =>
      Array.from({ length: 30 }, (_, index) => ({
        group: String(index),
        baseline: 0,
        candidate: index < 6 ? share : 0,
      }));
    const third = pairedProportion(rows(1 / 3), options);
    // Six thirds of a row are two rows.
    const [low, high] = tangoPaired({ onlyBaseline: 0, onlyCandidate: 2, n: 30 }) as [number, number];
    expect(third.ci95?.[0]).toBeCloseTo(low, 9);
    expect(third.ci95?.[1]).toBeCloseTo(high, 9);
    expect(third.p).toBeCloseTo(2 / 2 ** 6, 12);
    const none = pairedProportion(rows(0), options);
    expect(none.ci95?.[1]).toBeCloseTo(0.113513393, 8);
    expect(none.p).toBe(1);
  });
});
