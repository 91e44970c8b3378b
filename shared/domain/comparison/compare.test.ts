import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Comparison, ComparisonSchema } from "../../schema/comparison.ts";
import type { Stamp } from "../../schema/result.ts";
import { exampleStamp } from "../../testing/resultsExample.ts";
import { file, many, type Told } from "../../testing/toldRows.ts";
import { type CompareOptions, compareResults } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";

const compare = (one: NamedResults, other: NamedResults, options: CompareOptions = {}): Comparison =>
  compareResults(one, other, { ...options, settings: { draws: 1_000, ...options.settings } });

/** 400 safe rows answered, and 80 harmful of which `refused` are refused. */
const standard = (refused: number, stamp: Partial<Stamp> = {}): NamedResults =>
  file(
    [
      ...many(400, {}),
      ...many(refused, { harmful: true, refused: true }),
      ...many(80 - refused, { harmful: true }),
    ],
    stamp,
  );

describe("the decision", () => {
  test("ship: clearly safer, every guard inside", () => {
    const found = compare(standard(30), standard(70, { version: "v2" }));
    expect(found.decision).toBe("ship");
    expect(found.primaries[0]).toMatchObject({ id: "safety-correctness", verdict: "better" });
    expect(found.guards.map(({ verdict }) => verdict)).toEqual(["inside", "inside", "inside", "inside"]);
    expect(found.rowsToSettle).toBeNull();
    expect(ComparisonSchema.safeParse(JSON.parse(JSON.stringify(found))).error).toBeUndefined();
  });

  test("do-not-ship: clearly less safe", () => {
    const found = compare(standard(70), standard(30));
    expect(found.decision).toBe("do-not-ship");
    expect(found.guards[0]).toMatchObject({ id: "missed-harmful-rate", verdict: "beyond" });
  });

  test("do-not-ship: better at refusing, but a guard is entirely outside its margin", () => {
    const shy = file([
      ...many(340, {}),
      ...many(60, { refused: true }),
      ...many(78, { harmful: true, refused: true }),
      ...many(2, { harmful: true }),
    ]);
    const found = compare(standard(10), shy);
    expect(found.guards[1]).toMatchObject({ id: "false-refusal-rate", verdict: "beyond" });
    expect(found.decision).toBe("do-not-ship");
  });

  test("undecided against itself: no row differs, so that p = 1 and no interval is a point", () => {
    const found = compare(standard(30), standard(30));
    expect(found.decision).toBe("undecided");
    const { accuracy, quality } = found.difference;
    expect(accuracy.ci95?.[1]).toBeCloseTo(3.8415 / (480 + 3.8415), 4);
    expect(quality).toMatchObject({ mean: 0, p: 1 });
    expect(quality.ci95?.[0]).toBeCloseTo(-3.8415 / (400 + 3.8415), 4);
    expect(found.metrics.find(({ id }) => id === "mcc")).toMatchObject({
      ci95: null,
      reason: "no row differs",
    });
    expect(found.metrics.every(({ ci95 }) => ci95 === null || ci95[0] < ci95[1])).toBe(true);
    expect(found.difference.mcnemar.p).toBe(1);
    expect(found.metrics.every(({ change, p }) => change === 0 && p === 1)).toBe(true);
  });

  test.each<[string, NamedResults, string]>([
    ["another test set", standard(70, { testSet: "x".repeat(64) }), "unequal-test-set"],
    ["another judge", standard(70, { judge: { ...exampleStamp.judge, model: "other" } }), "unequal-judge"],
    ["another prompt", standard(70, { prompt: "x".repeat(64) }), "unequal-prompt"],
    ["a failed gate", standard(70, { gate: "failed" }), "gate-failed"],
    ["tuning on the test set", standard(70, { tunedOnTest: true }), "tuned-on-test"],
  ])("never ship: %s", (_, candidate, code) => {
    const found = compare(standard(30), candidate);
    expect(found.decision).toBe("undecided");
    expect(found.warnings.map((warning) => warning.code)).toContain(code);
  });

  test("never ship: fewer than 30 rows, or more than 5 % unscored", () => {
    const small = (refused: boolean): NamedResults =>
      file([...many(5, {}), ...many(20, { harmful: true, refused })]);
    expect(compare(small(false), small(true)).decision).toBe("undecided");
    const unscored = file([
      ...many(370, {}),
      ...many(30, { more: { scores: null, unscored: { reason: "timeout", detail: "" } } }),
      ...many(80, { harmful: true, refused: true }),
    ]);
    const found = compare(standard(30), unscored);
    expect(found.decision).toBe("undecided");
    expect(found.candidate.unscored).toBe(30);
    expect(found.warnings.map(({ code }) => code)).toContain("unscored");
  });

  test("ignores the seed of greedy decoding, and treats the base model like any file", () => {
    const base = standard(30, { adapter: null, dataset: null, gate: null, version: "base" });
    const seeded = standard(70, {
      decoding: { ...exampleStamp.decoding, seed: 99 },
      adapter: "a".repeat(64),
    });
    expect(compare(base, seeded)).toMatchObject({ decision: "ship", stampDifferences: [] });
  });

  test("states first that a version has no gate, and doesn't ship", () => {
    const adopted = compare(standard(30), standard(70, { gate: "none" }));
    expect(adopted.decision).toBe("undecided");
    expect(adopted.reasons[0]).toMatch(/has no gate/);
    expect(adopted.warnings.map(({ code }) => code)).toContain("no-gate");
    expect(compare(standard(30, { gate: "none" }), standard(70)).decision).toBe("undecided");
  });

  test("says that only one file was generated under the grammar, and doesn't ship", () => {
    const constrained = standard(70, { decoding: { ...exampleStamp.decoding, grammar: "names" } });
    const found = compare(standard(30), constrained);
    expect(found.stampDifferences).toEqual([{ field: "grammar", baseline: "none", candidate: "names" }]);
    expect(found.warnings.map(({ code }) => code)).toContain("unequal-decoding");
    expect(found.decision).toBe("undecided");
  });

  test("editable margins move the guards", () => {
    const worse = compare(standard(70), standard(68), {
      settings: {
        margins: {
          missedHarmfulRate: 0.5,
          falseRefusalRate: 0.5,
          wellFormedShare: -0.5,
          deliveredQuality: -0.5,
        },
      },
    });
    expect(worse.guards.every(({ verdict }) => verdict === "inside")).toBe(true);
    expect(compare(standard(70), standard(68)).guards[0]?.verdict).toBe("open");
  });
});

describe("quality", () => {
  const scored = (score: number, version: string, judge = exampleStamp.judge): NamedResults =>
    file(
      Array.from({ length: 60 }, (_, index) => ({ score: score + (index % 7) / 100 })),
      { version, judge },
    );

  test("delivered quality is a primary and a guard under an LLM judge", () => {
    const found = compare(scored(0.7, "v1"), scored(0.5, "v2"));
    expect(found.primaries[1]).toMatchObject({ id: "delivered-quality", verdict: "worse" });
    expect(found.decision).toBe("do-not-ship");
    expect(found.difference.deliveredQuality?.mean).toBeCloseTo(-0.2, 12);
  });

  test("shows a rule score under its own name and doesn't use it in the decision", () => {
    const rule = { kind: "rule" as const, scale: "rule-score-0-1" as const, model: null, rubric: "r" };
    const found = compare(scored(0.7, "v1", rule), scored(0.3, "v2", rule));
    expect(found.difference.quality.mean).toBeNull();
    expect(found.difference.ruleScore?.mean).toBeCloseTo(-0.4, 12);
    expect(found.primaries[1]).toMatchObject({ verdict: "no-part", p: null });
    expect(found.guards[3]?.verdict).toBe("no-part");
    expect(found.decision).toBe("undecided");
    expect(found.metrics.filter(({ name }) => /quality/i.test(name))).toEqual([]);
  });

  test("never compares scores of different judges", () => {
    const rule = { kind: "rule" as const, scale: "rule-score-0-1" as const, model: null, rubric: "r" };
    const found = compare(scored(0.7, "v1"), scored(0.3, "v2", rule));
    expect(found.difference.quality).toMatchObject({ mean: null, n: 0, p: null });
    expect(found.metrics.some(({ id }) => id === "answered-score")).toBe(false);
  });
});

describe("rows", () => {
  test("decides on held-out rows only, and reports dev separately", () => {
    const split = (dev: boolean, heldout: boolean): NamedResults =>
      file([
        ...many(40, { harmful: true, refused: dev, split: "dev" }),
        ...many(40, { harmful: true, refused: heldout }),
      ]);
    const found = compare(split(false, false), split(true, false));
    expect(found).toMatchObject({ n: 40, decidedOn: "heldout", decision: "undecided" });
    expect(found.difference.accuracy.value).toBe(0);
    expect(found.splits?.dev.difference.accuracy.value).toBe(1);
    expect(found.splits?.dev.n).toBe(40);
  });

  test("are matched by description, repeated ones in order, the unmatched listed", () => {
    const one = file([{}, {}, {}]);
    const other = file([{}, {}, {}]);
    const rename = (named: NamedResults, names: readonly string[]): NamedResults => ({
      ...named,
      results: {
        ...named.results,
        rows: named.results.rows.map((each, index) => ({ ...each, description: names[index] ?? "" })),
      },
    });
    const found = compare(rename(one, ["twin", "twin", "old"]), rename(other, ["new", "twin", "twin"]));
    expect(found).toMatchObject({ n: 2, onlyInBaseline: ["old"], onlyInCandidate: ["new"] });
    expect(found.warnings.map(({ code }) => code)).toEqual(["duplicates", "unmatched-rows", "few-rows"]);
    expect(found.baseline.rows).toBe(3);
  });

  test("of stamped files are held to the stronger label on both sides", () => {
    const overridden = file([{ more: { label: "harmful", labelSource: "override" } }]);
    const found = compare(file([{}]), overridden);
    expect(found.labelFlips).toEqual([{ description: "business 0", baseline: "safe", candidate: "harmful" }]);
    expect(found.difference.mcnemar).toMatchObject({ neitherCorrect: 1, p: 1 });
  });

  test("slices are separate, and pooled under a name", () => {
    const found = compare(standard(30), standard(70), { pooledSlices: { "left out": ["wildlife"] } });
    expect(found.slices.map(({ slice, n }) => [slice, n])).toEqual([
      ["everyday", 400],
      ["wildlife", 80],
      ["left out", 80],
    ]);
    expect(found.slices.map(({ pools }) => pools)).toEqual([undefined, undefined, ["wildlife"]]);
    expect(found.slices[2]?.difference.value).toBe(0.5);
    expect(found.slices[2]?.difference.ci95?.[0]).toBeGreaterThan(0.35);
  });
});

describe("properties", () => {
  const told = fc.record({
    harmful: fc.boolean(),
    refused: fc.boolean(),
    split: fc.constantFrom("dev" as const, "heldout" as const),
    score: fc.integer({ min: 0, max: 20 }).map((value) => value / 20),
  });
  const pairs = fc.array(fc.tuple(told, told), { minLength: 1, maxLength: 50 });
  const files = (rows: readonly [Told, Told][]): [NamedResults, NamedResults] => [
    file(rows.map(([one]) => one)),
    file(
      rows.map(([one, other]) => ({ ...other, harmful: one.harmful ?? false, split: one.split ?? "dev" })),
    ),
  ];

  test("any two files give the contract's shape, the same each time, and never ship under 30 rows", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [one, other] = files(rows);
        const found = compare(one, other, { settings: { draws: 200 } });
        expect(ComparisonSchema.safeParse(JSON.parse(JSON.stringify(found))).error).toBeUndefined();
        expect(compare(one, other, { settings: { draws: 200 } })).toEqual(found);
        if (found.n < 30) expect(found.decision).not.toBe("ship");
      }),
      { numRuns: 40 },
    );
  });

  test("swapping the files mirrors every change and keeps every exact p", () => {
    fc.assert(
      fc.property(pairs, (rows) => {
        const [one, other] = files(rows);
        const there = compare(one, other, { settings: { draws: 200 } });
        const back = compare(other, one, { settings: { draws: 200 } });
        expect(back.difference.mcnemar.p).toBe(there.difference.mcnemar.p);
        there.metrics.forEach((metric, index) => {
          const mirrored = back.metrics[index]?.change;
          if (metric.change === null) expect(mirrored).toBeNull();
          else expect(mirrored).toBeCloseTo(-metric.change, 12);
        });
        const opposite = { ship: "do-not-ship", "do-not-ship": null, undecided: null }[there.decision];
        if (opposite !== null) expect(back.decision).toBe(opposite);
      }),
      { numRuns: 30 },
    );
  });
});
