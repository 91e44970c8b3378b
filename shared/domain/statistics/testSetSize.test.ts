import { describe, expect, it } from "vitest";
import { mulberry32 } from "../random.ts";
import { mcnemarExact } from "./mcnemar.ts";
import { normalQuantile } from "./normal.ts";
import { detectableDifference, looksWithin, provableMargin, rowsForMargin } from "./testSetSize.ts";

const planned = { discordant: 0.12, alpha: 0.05, power: 0.8 };
const atFiveLooks = { ...planned, alpha: 0.01 };

describe("rowsForMargin", () => {
  it("asks for 407 rows of a class at 12 % discordant pairs and a margin of 0.05", () => {
    expect(rowsForMargin(0.05, planned)).toBe(407);
  });

  it("asks for more rows at the level of one of five looks", () => {
    expect(rowsForMargin(0.05, atFiveLooks)).toBe(609);
  });

  it.each([0.01, 0.05, 0.3])("is inverted by provableMargin at a margin of %d", (margin) => {
    const rows = rowsForMargin(margin, planned);
    expect(provableMargin(rows, planned)).toBeLessThanOrEqual(margin);
    expect(provableMargin(rows - 1, planned)).toBeGreaterThan(margin);
  });
});

describe("looksWithin", () => {
  it("is the largest budget whose rows are there", () => {
    expect(looksWithin(406, 0.05, planned)).toBe(0);
    expect(looksWithin(407, 0.05, planned)).toBe(1);
    expect(looksWithin(608, 0.05, planned)).toBe(4);
    expect(looksWithin(609, 0.05, planned)).toBe(5);
    expect(looksWithin(1e6, 0.05, planned)).toBe(100);
  });
});

/** Draws pairs: whether only the baseline, only the candidate or neither of them is right alone. */
function drawn(random: { next(): number }, rows: number, onlyBaseline: number, onlyCandidate: number) {
  const counts = { onlyBaseline: 0, onlyCandidate: 0 };
  for (let row = 0; row < rows; row += 1) {
    const at = random.next();
    if (at < onlyBaseline) counts.onlyBaseline += 1;
    else if (at < onlyBaseline + onlyCandidate) counts.onlyCandidate += 1;
  }
  return counts;
}

/** Whether Tango's score interval (1998) of the difference c − b ends before the margin. */
function staysWithin(b: number, c: number, n: number, margin: number, alpha: number): boolean {
  const linear = (2 * n - b + c) * margin - b - c;
  const q = (Math.sqrt(linear ** 2 + 8 * n * c * margin * (1 - margin)) - linear) / (4 * n);
  return (
    (c - b - n * margin) / Math.sqrt(n * (2 * q + margin * (1 - margin))) < -normalQuantile(1 - alpha / 2)
  );
}

/** Returns the share of 4,000 simulated comparisons that succeed. Its standard error is at most 0.008. */
function shareOf(succeeds: (random: { next(): number }) => boolean): number {
  const random = mulberry32(20_260_102);
  let hits = 0;
  for (let draw = 0; draw < 4_000; draw += 1) if (succeeds(random)) hits += 1;
  return hits / 4_000;
}

describe("the planned rows", () => {
  it.each([
    ["one look", planned],
    ["five looks", atFiveLooks],
  ])("keep a guard of equal versions within its margin in about 80 of 100 comparisons (%s)", (_, test) => {
    const rows = rowsForMargin(0.05, test);
    const power = shareOf((random) => {
      const { onlyBaseline, onlyCandidate } = drawn(random, rows, test.discordant / 2, test.discordant / 2);
      return staysWithin(onlyBaseline, onlyCandidate, rows, 0.05, test.alpha);
    });
    expect(power).toBeGreaterThan(0.74);
    expect(power).toBeLessThan(0.84);
  });

  it.each([
    ["one look", planned],
    ["five looks", atFiveLooks],
  ])("show the detectable difference in about 80 of 100 comparisons (%s)", (_, test) => {
    const difference = detectableDifference(400, test) ?? 0;
    const better = (test.discordant + difference) / 2;
    const power = shareOf((random) => {
      const { onlyBaseline, onlyCandidate } = drawn(random, 400, test.discordant - better, better);
      return mcnemarExact(onlyBaseline, onlyCandidate) < test.alpha;
    });
    expect(power).toBeGreaterThan(0.72);
    expect(power).toBeLessThan(0.84);
  });
});

describe("detectableDifference", () => {
  it("is the difference that Connor's formula asks these rows for", () => {
    const difference = detectableDifference(400, planned) ?? 0;
    const z =
      normalQuantile(0.975) * Math.sqrt(0.12) + normalQuantile(0.8) * Math.sqrt(0.12 - difference ** 2);
    expect((z / difference) ** 2).toBeCloseTo(400, 6);
  });

  it("is null where not even a change in one direction would be shown", () => {
    expect(detectableDifference(10, planned)).toBeNull();
    expect(detectableDifference(0, planned)).toBeNull();
    expect(detectableDifference(400, { ...planned, discordant: 0 })).toBeNull();
  });
});
