import { describe, expect, test } from "vitest";
import { guardPower, mcnemarPower, meanPower } from "./rowsNeeded.ts";

const plan = { onlyBaseline: 10, onlyCandidate: 25, n: 100, ci95: null, alpha: 0.05 };

describe("rows needed for McNemar's test", () => {
  test("Connor's formula: 10 % against 25 % discordant", () => {
    // δ = 0.15, ψ = 0.35: (1.96·√0.35 + 0.8416·√(0.35 − 0.0225))² / 0.0225 = 119.3
    expect(mcnemarPower(plan).rowsNeeded).toBe(120);
    expect(mcnemarPower({ ...plan, onlyBaseline: 25 }).rowsNeeded).toBeNull();
  });

  test("a stricter level needs more rows", () => {
    // z of 0.01 is 2.576: (2.576·√0.35 + 0.8416·√0.3275)² / 0.0225 = 178.5
    expect(mcnemarPower({ ...plan, alpha: 0.01 }).rowsNeeded).toBe(179);
  });

  test("the range covers the interval, without an end where it holds 0", () => {
    expect(mcnemarPower({ ...plan, ci95: [0.1, 0.2] }).rowsNeededRange).toEqual([
      mcnemarPower({ ...plan, onlyBaseline: 7.5, onlyCandidate: 27.5 }).rowsNeeded,
      mcnemarPower({ ...plan, onlyBaseline: 12.5, onlyCandidate: 22.5 }).rowsNeeded,
    ]);
    expect(mcnemarPower({ ...plan, ci95: [-0.1, 0.2] }).rowsNeededRange?.[1]).toBeNull();
  });

  test("the smallest difference is the one that needs the present rows", () => {
    const smallest =
      mcnemarPower({ ...plan, onlyBaseline: 40, onlyCandidate: 60, n: 400 }).smallestDifference ?? 0;
    const half = (smallest * 400) / 2;
    const again = mcnemarPower({ ...plan, onlyBaseline: 50 - half, onlyCandidate: 50 + half, n: 400 });
    expect(again.rowsNeeded).toBeGreaterThanOrEqual(399);
    expect(again.rowsNeeded).toBeLessThanOrEqual(401);
  });

  test("too few rows show no difference at all, and no row shows nothing", () => {
    expect(mcnemarPower({ ...plan, onlyBaseline: 0, onlyCandidate: 0, n: 3 }).smallestDifference).toBeNull();
    expect(mcnemarPower({ ...plan, n: 0 })).toEqual({
      rowsNeeded: null,
      rowsNeededRange: null,
      smallestDifference: null,
    });
  });
});

test("a mean of half a standard deviation needs 32 rows", () => {
  expect(meanPower(0.5, 0.1, 100, [0.3, 0.7], 0.05)).toMatchObject({
    rowsNeeded: 32,
    rowsNeededRange: [17, 88],
  });
  expect(meanPower(0, 0.1, 100, null, 0.05).rowsNeeded).toBeNull();
});

describe("rows needed for a guard", () => {
  const at95 = (difference: number, ci95: [number, number], margin: number, n: number) =>
    guardPower({
      difference,
      ci95,
      interval: ci95,
      alpha: 0.05,
      margin,
      worseIsHigher: margin > 0,
      n,
    });

  test("are 2.04 times those at which the interval just fits, for 80 % power", () => {
    // The half width of 0.1 fits into 0.05 at 200 rows: 200 · (2.8016 / 1.96)² = 408.6
    expect(at95(0, [-0.1, 0.1], 0.05, 50).rowsNeeded).toBe(409);
    expect(at95(0.06, [0, 0.12], 0.05, 50).rowsNeeded).toBeNull();
    expect(at95(0.01, [-0.05, 0.07], -0.05, 100).rowsNeeded).toBe(205);
  });

  test("12 % discordant pairs and no change need about 380 rows for a margin of 0.05", () => {
    const half = 1.96 * Math.sqrt(0.12 / 1_000);
    expect(at95(0, [-half, half], 0.05, 1_000).rowsNeeded).toBe(377);
  });

  test("are those of the decision's level: as many as the planner's shorter formula at 0.01", () => {
    const halfAt = (z: number): [number, number] => [
      -z * Math.sqrt(0.12 / 1_000),
      z * Math.sqrt(0.12 / 1_000),
    ];
    const plan = { difference: 0, margin: 0.05, worseIsHigher: true, n: 1_000, alpha: 0.01 };
    // (2.5758 + 0.8416)² · 0.12 / 0.05² = 560.6
    expect(guardPower({ ...plan, ci95: halfAt(1.96), interval: halfAt(2.575829) }).rowsNeeded).toBe(561);
  });

  test("range over the interval, open where its unfavorable end is past the margin", () => {
    const { rowsNeededRange } = at95(0, [-0.1, 0.1], 0.05, 50);
    expect(rowsNeededRange?.[0]).toBe(46);
    expect(rowsNeededRange?.[1]).toBeNull();
  });
});
