import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DatasetDiversitySchema } from "../../schema/diversity.ts";
import { readTable } from "../csv/table.ts";
import { mulberry32, shuffled } from "../random.ts";
import { DistinctCount } from "./distinctCount.ts";
import { DiversityCount } from "./diversity.ts";
import { diversityLines } from "./diversityFigures.ts";
import { copiesOnly, copiesStem, copyableWords, piecesOf } from "./namePieces.ts";
import { nameSimilarities } from "./nameSimilarity.ts";
import { writeDataset } from "./write.ts";

function distinctOf(units: readonly string[]) {
  const count = new DistinctCount();
  for (const unit of units) count.add(unit);
  return count.distinct();
}

describe("distinct units", () => {
  test("are different ones ÷ all, and undefined without any", () => {
    expect(distinctOf(["a", "b", "a", "a"])).toEqual({ total: 4, different: 2, share: 0.5, per400: null });
    expect(distinctOf([])).toEqual({ total: 0, different: 0, share: null, per400: null });
  });

  test("of 400 are the mean share among 400 units drawn at random", () => {
    const units = Array.from({ length: 1000 }, (_, at) => String(Math.floor(Math.sqrt(at) * 8)));
    const random = mulberry32(3);
    const draws = Array.from(
      { length: 300 },
      () => new Set(shuffled(random, units).slice(0, 400)).size / 400,
    );
    const mean = draws.reduce((sum, share) => sum + share, 0) / draws.length;
    expect(distinctOf(units).per400).toBeCloseTo(mean, 2);
  });

  test("of 400 are the share itself for exactly 400 units, and never above 1", () => {
    const units = Array.from({ length: 400 }, (_, at) => String(at % 100));
    expect(distinctOf(units).per400).toBeCloseTo(0.25, 12);
    expect(distinctOf(Array.from({ length: 900 }, (_, at) => String(at))).per400).toBe(1);
  });
});

describe("a name's pieces", () => {
  test.each([
    ["radio-point", ["radio", "point"]],
    ["cabinetplace", ["cabinet", "place"]],
    ["bakery24", ["bakery", "24"]],
    ["zzyqx", ["zzyqx"]],
  ])("%s", (name, pieces) => {
    expect(piecesOf(name, copyableWords("We repair a radio and a cabinet"))).toEqual(pieces);
  });

  test("keep all letters and digits", () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,8})?$/);
    fc.assert(
      fc.property(name, (one) => {
        expect(piecesOf(one, new Set()).join("")).toBe(one.replaceAll("-", ""));
      }),
    );
  });
});

describe("copies of the description", () => {
  const words = copyableWords("We restore old radios and mend shoes");

  test.each([
    ["radio-nest", true, false],
    ["myradio", true, false],
    ["radio-shoe", true, true],
    ["shoesradio", true, true],
    ["valvenest", false, false],
    ["mend-glow", true, false],
    ["boldglow", false, false],
  ])("%s", (name, stem, only) => {
    expect([copiesStem(name, words), copiesOnly(name, words)]).toEqual([stem, only]);
  });
});

describe("similarity of names", () => {
  test("is shared ÷ all trigrams, hyphens left out", () => {
    // abc bcd | bcd cde: one of three.
    const { withinRow, acrossRows } = nameSimilarities([["ab-cd", "bcde"], ["abcd"]], mulberry32(1));
    expect(withinRow).toEqual({ pairs: 1, mean: 1 / 3, drawn: false });
    expect(acrossRows).toEqual({ pairs: 2, mean: (1 + 1 / 3) / 2, drawn: false });
  });

  test("is undefined without pairs", () => {
    expect(nameSimilarities([["one"], []], mulberry32(1)).acrossRows.mean).toBeNull();
  });

  test("of many names is that of a sample which the seed determines", () => {
    const rows = Array.from({ length: 200 }, (_, row) => [`name${row % 20}x`, `other${row}`]);
    const { acrossRows } = nameSimilarities(rows, mulberry32(1));
    expect(acrossRows).toMatchObject({ pairs: 50_000, drawn: true });
    expect(nameSimilarities(rows, mulberry32(1)).acrossRows).toEqual(acrossRows);
  });
});

function diversityOf(text: string, parts = 1) {
  const count = new DiversityCount();
  const lines = text.trimEnd().split("\n");
  const size = Math.ceil((lines.length - 1) / parts);
  for (let at = 1; at < lines.length; at += size) {
    const part = [lines[0], ...lines.slice(at, at + size)].join("\n");
    count.add(readTable(new TextEncoder().encode(part), "rows.csv"));
  }
  return count.diversity("rows.csv");
}

describe("the diversity of a file", () => {
  const trades = ["baker", "florist", "potter", "tailor", "brewer"];
  const templated = trades.map((trade) => ({
    description: `A ${trade} with a shop in the old town`,
    suggestions: [`${trade}-hub`, `my-${trade}`, `${trade}zone`, `go${trade}`, `${trade}-lab`],
  }));
  const coined = [
    { description: "Sourdough from a wood oven", suggestions: ["crumbhaven", "loafnook", "emberrise"] },
    { description: "Bouquets by bicycle", suggestions: ["petalpilot", "stemcycle", "bloomlane"] },
  ];

  test("shows the template of names made from one", () => {
    const { names } = diversityOf(writeDataset(templated));
    expect(names).toMatchObject({
      count: 25,
      repeated: { count: 0 },
      copies: { share: 1 },
      templated: { share: 1 },
    });
    expect(names?.lastPieces.slice(0, 3).map(({ piece }) => piece)).toContain("hub");
    const other = diversityOf(writeDataset(coined)).names;
    expect(other?.copies.share).toBe(0);
    expect(other?.pieces.share).toBeGreaterThan(names?.pieces.share ?? 1);
    expect(other?.withinRow.mean).toBeLessThan(names?.withinRow.mean ?? 0);
  });

  test("counts near duplicates, repeated names and refusals", () => {
    const rows = [
      ...coined,
      { description: "Sourdough from a wood oven!", suggestions: ["crumbhaven", "other", "another"] },
      { description: "Forged passports", suggestions: [] },
    ];
    expect(diversityOf(writeDataset(rows))).toMatchObject({
      rows: 4,
      refusals: 1,
      nearDuplicates: { count: 1, share: 0.25 },
      names: { count: 9, repeated: { count: 1, share: 1 / 9 } },
    });
  });

  test("is the same for a file read whole and in parts", () => {
    const text = writeDataset([...templated, ...coined]);
    expect(diversityOf(text, 3)).toEqual(diversityOf(text));
  });

  test("measures a large file on a sample of its rows", () => {
    const rows = Array.from({ length: 20_500 }, (_, at) => `Trade ${at},[]`);
    const found = diversityOf(`description,suggestions\n${rows.join("\n")}\n`);
    expect(found).toMatchObject({ rows: 20_500, measuredRows: 20_000, names: null });
  });

  test("passes its schema for any rows", () => {
    const row = fc.record({ description: fc.string(), suggestions: fc.array(fc.string(), { maxLength: 6 }) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const found = new DiversityCount();
        found.add(readTable(new TextEncoder().encode(writeDataset(rows)), "rows.csv"));
        expect(DatasetDiversitySchema.safeParse(found.diversity("rows.csv")).success).toBe(true);
      }),
    );
  });

  test("refuses a file without the columns of a dataset", () => {
    expect(() => diversityOf("text\na bakery\n")).toThrow("no column");
  });

  test("lists a dash for the names of a file without names", () => {
    const lines = diversityLines([
      diversityOf("description,suggestions\nForged passports,[]\n"),
      diversityOf(writeDataset(coined)),
    ]);
    expect(lines.find(({ name }) => name === "names")?.values).toEqual(["–", "6"]);
    expect(lines.find(({ name }) => name === "rows")?.values).toEqual(["1", "2"]);
  });
});
