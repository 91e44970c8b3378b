import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SplitRow, sidesOf, splitRows } from "./split.ts";

const row = fc.record({ group: fc.integer({ min: 0, max: 400 }).map((n) => `g${n}`), refusal: fc.boolean() });
const rows = fc.array(row, { maxLength: 200 });

function uniqueRows(count: number, refusalEvery: number): SplitRow[] {
  return Array.from({ length: count }, (_, at) => ({ group: `row ${at}`, refusal: at % refusalEvery === 0 }));
}

describe("the split into training and validation rows", () => {
  it("moves no row when rows are appended", () => {
    fc.assert(
      fc.property(rows, rows, (first, added) => {
        expect(sidesOf([...first, ...added]).slice(0, first.length)).toEqual(sidesOf(first));
      }),
    );
  });

  it("keeps a group on one side", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const sides = sidesOf(all);
        const seen = new Map<string, string>();
        for (const [at, { group }] of all.entries()) {
          expect(seen.get(group) ?? sides[at]).toBe(sides[at]);
          seen.set(group, sides[at] as string);
        }
      }),
    );
  });

  it("validates on at least one row of every stratum with five rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 60 }), fc.string(), (count, salt) => {
        for (const refusal of [true, false]) {
          const stratum = Array.from({ length: count }, (_, at) => ({ group: `${salt}${at}`, refusal }));
          const validated = sidesOf(stratum).filter((side) => side === "validation").length;
          expect(validated).toBeGreaterThanOrEqual(Math.floor(count / 10 + 0.5));
          expect(validated).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it("validates on about a tenth of many rows, in both strata", () => {
    const all = uniqueRows(5000, 5);
    const sides = sidesOf(all);
    for (const refusal of [true, false]) {
      const stratum = sides.filter((_, at) => all[at]?.refusal === refusal);
      const share = stratum.filter((side) => side === "validation").length / stratum.length;
      expect(share).toBeGreaterThan(0.09);
      expect(share).toBeLessThan(0.14);
    }
  });

  it("assigns rows to sides, and recognizes refusals by their empty lists", () => {
    const plain = Array.from({ length: 30 }, (_, at) => ({
      row: at + 1,
      description: `business ${at}`,
      suggestions: at % 3 === 0 ? [] : ["a-name"],
      group: `g${at}`,
    }));
    const sides = sidesOf(
      plain.map(({ group, suggestions }) => ({ group, refusal: suggestions.length === 0 })),
    );
    expect(splitRows(plain)).toEqual(plain.map((row, at) => ({ ...row, side: sides[at] })));
  });
});
