import { describe, expect, test } from "vitest";
import { type Comparison, ComparisonSchema } from "../../schema/comparison.ts";
import type { Stale } from "../../schema/overview.ts";
import type { ResultRow, Stamp } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { wilson95 } from "../statistics/proportions.ts";
import { tangoPaired } from "../statistics/tango.ts";
import { compareResults } from "./compare.ts";
import { lookedRows } from "./lookedRows.ts";
import type { NamedResults } from "./namedResults.ts";
import { groupResults } from "./seedGroup.ts";

const five = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];

/** 60 rows of which every other is harmful, refused or answered as `correct` says. */
function version(name: string, correct: (row: number) => boolean, stamp: Partial<Stamp> = {}): NamedResults {
  const rows = Array.from({ length: 60 }, (_, index): ResultRow => {
    const harmful = index % 2 === 1;
    const refused = harmful === correct(index);
    return {
      ...exampleRow,
      row: index + 1,
      group: String(index + 1),
      description: `business ${index}`,
      slice: harmful ? "wildlife" : "everyday",
      label: harmful ? "harmful" : "safe",
      outcome: refused ? "refused" : "answered",
      names: refused ? [] : five,
      scores:
        refused || harmful
          ? null
          : five.map((one, place) => ({
              index: place,
              name: one,
              category: "good",
              score: 0.8,
              likert: null,
            })),
    };
  });
  return {
    name,
    results: {
      stamp: { ...exampleStamp, version: name, runId: `run of ${name}`, adapter: name, ...stamp },
      rows,
    },
  };
}

const baseline = version("v1", (row) => row % 3 !== 0);
/** Correct on 0.80, 1.00 and 0.85 of the rows. */
const seeds = [0, 1, 2].map((seed) =>
  version(`v2.${seed + 1}`, (row) => (row * (seed + 2) + seed) % (5 + seed) !== 0),
);
const compare = (one: NamedResults, other: NamedResults): Comparison =>
  ComparisonSchema.parse(compareResults(one, other, { settings: { draws: 4_000 } }));
const metric = (comparison: Comparison, id: string) => {
  const found = comparison.metrics.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};

describe("a version with three seeds", () => {
  const compared = compare(baseline, groupResults("v2", seeds));

  test("counts each row once, with the mean of what its seeds did", () => {
    expect(compared.n).toBe(60);
    const accuracy = metric(compared, "accuracy");
    expect(accuracy.baseline).toBeCloseTo(40 / 60, 12);
    expect(accuracy.candidate).toBeCloseTo((0.8 + 1 + 0.85) / 3, 12);
    expect(compared.difference.accuracy.value).toBeCloseTo(accuracy.change ?? Number.NaN, 12);
    expect(compared.candidate.safety.n).toBe(60);
    expect(compared.candidate.safety.accuracy.value).toBeCloseTo((0.8 + 1 + 0.85) / 3, 9);
    // Sums of thirds.
    const missed = seeds.flatMap(({ results }) =>
      results.rows.filter(({ label, outcome }) => label === "harmful" && outcome === "answered"),
    ).length;
    expect(compared.candidate.safety.block.falseNegative).toBeCloseTo(missed / 3, 9);
    expect(metric(compared, "missed-harmful-rate").candidate).toBeCloseTo(missed / 90, 9);
  });

  // Known answers: a plain implementation in Python gives [0.033, 0.400] with 40,000 draws, and p = 0.0022.
  test("has an interval over rows and seeds, and p by sign flip of the averages", () => {
    const { ci95, p } = metric(compared, "accuracy");
    expect(ci95?.[0]).toBeCloseTo(0.033, 1);
    expect(ci95?.[1]).toBeCloseTo(0.4, 1);
    expect(p).toBeGreaterThan(0.0005);
    expect(p).toBeLessThan(0.006);
    expect(compared.difference.mcnemar).toMatchObject({ p, test: "sign-flip" });
    expect(compared.primaries[0]?.p).toBe(p);
  });

  test("has a wider interval than its rows alone", () => {
    const { ci95 } = metric(compared, "accuracy");
    // Three seeds that do the same have no luck to show.
    const alike = [1, 2, 3].map((seed) => ({ ...seeds[0], name: `v2.${seed}` }) as NamedResults);
    const rowsOnly = metric(compare(baseline, groupResults("v2", alike)), "accuracy");
    const width = (one: typeof ci95) => (one === null ? 0 : one[1] - one[0]);
    expect(width(ci95)).toBeGreaterThan(width(rowsOnly.ci95));
    expect(rowsOnly.spread?.candidate.sd).toBeCloseTo(0, 12);
  });

  test("shows the spread between its seeds beside every metric and slice", () => {
    const spread = metric(compared, "accuracy").spread;
    expect(spread?.candidate).toMatchObject({ seeds: 3, min: 0.8, max: 1 });
    expect(spread?.candidate.sd).toBeCloseTo(0.104083, 6);
    expect(spread?.baseline).toMatchObject({ seeds: 1, sd: null });
    expect(compared.metrics.every((one) => one.spread !== undefined)).toBe(true);
    expect(compared.slices.every((one) => one.spread?.candidate.seeds === 3)).toBe(true);
  });

  test("mirrors when the sides are swapped", () => {
    const swapped = metric(compare(groupResults("v2", seeds), baseline), "accuracy");
    expect(swapped.change).toBeCloseTo(-(metric(compared, "accuracy").change ?? 0), 12);
    expect(swapped.ci95?.[0]).toBeCloseTo(-(metric(compared, "accuracy").ci95?.[1] ?? 0), 1);
  });

  test("names its members and what the other side's single seed can't show", () => {
    expect(compared.seeds).toEqual({
      baseline: ["v1"],
      candidate: ["v2.1", "v2.2", "v2.3"],
      note: "One seed of v1: the comparison says nothing about the training's own luck.",
    });
    const base = version("base", () => true, { adapter: null });
    expect(compare(base, groupResults("v2", seeds)).seeds).toMatchObject({ baseline: [], note: null });
  });
});

test("versions with one seed are compared as before, and it is said", () => {
  const compared = compare(
    baseline,
    version("v2", () => true),
  );
  expect(compared.seeds.note).toBe(
    "One seed of v1 and v2: the comparison says nothing about the training's own luck.",
  );
  expect(compared.metrics.some((one) => one.spread !== undefined)).toBe(false);
  expect(compared.difference.mcnemar).toMatchObject({ onlyCandidateCorrect: 20, onlyBaselineCorrect: 0 });
  expect(compared.difference.mcnemar.test).toBeUndefined();
});

describe("members of a group", () => {
  const two = (more: Partial<Stamp>) => () =>
    groupResults("v2", [seeds[0] as NamedResults, version("v2.2", () => true, more)]);

  test("with different settings or rows are refused, with the command that evaluates them alike", () => {
    expect(two({ precision: "q8_0" })).toThrow(
      /v2\.1 and v2\.2 were evaluated with different settings \(precision\)/,
    );
    const fewer = version("v2.2", () => true);
    const shorter = { ...fewer, results: { ...fewer.results, rows: fewer.results.rows.slice(1) } };
    expect(() => groupResults("v2", [seeds[0] as NamedResults, shorter])).toThrow(/on different rows/);
    const unstamped = { ...fewer, results: { ...fewer.results, stamp: null } };
    expect(() => groupResults("v2", [unstamped])).toThrow(/have no stamp/);
  });

  test("rule out to ship with one that failed its gate", () => {
    expect(two({ gate: "failed" })().results.stamp?.gate).toBe("failed");
    expect(two({ gate: "none" })().results.stamp?.gate).toBe("none");
    expect(two({ tunedOnTest: true })().results.stamp?.tunedOnTest).toBe(true);
  });
});

describe("a group in the decision", () => {
  const alike = (of: NamedResults, count = 3) =>
    Array.from({ length: count }, (_, seed) => ({ ...of, name: `v2.${seed + 1}` }));
  const stale = (code: Stale["code"]): Stale[] => [
    { what: "results", version: "v2.2", code, message: "The results of v2.2 come from an older adapter." },
  ];

  test("has Tango's intervals over the rows where no seed differs from the baseline", () => {
    const compared = compare(baseline, groupResults("v2", alike(baseline)));
    const all = tangoPaired({ onlyBaseline: 0, onlyCandidate: 0, n: 60 });
    const ofClass = tangoPaired({ onlyBaseline: 0, onlyCandidate: 0, n: 30 });
    expect(metric(compared, "accuracy").ci95).toEqual(all);
    expect(compared.difference.accuracy.ci95).toEqual(all);
    expect(metric(compared, "missed-harmful-rate").ci95).toEqual(ofClass);
    expect(metric(compared, "false-refusal-rate").ci95).toEqual(ofClass);
    expect(compared.slices.map(({ difference }) => difference.ci95)).toEqual([ofClass, ofClass]);
    for (const { ci95 } of compared.metrics) expect(ci95 === null || ci95[0] < ci95[1]).toBe(true);
    expect(compared.decision).toBe("undecided");
  });

  test("has an interval no narrower than that of the averages over the rows", () => {
    const compared = compare(baseline, groupResults("v2", seeds));
    const { onlyBaselineCorrect, onlyCandidateCorrect } = compared.difference.mcnemar;
    const [low, high] = tangoPaired({
      onlyBaseline: onlyBaselineCorrect,
      onlyCandidate: onlyCandidateCorrect,
      n: 60,
    }) as [number, number];
    const ci95 = metric(compared, "accuracy").ci95 as [number, number];
    expect(ci95[0]).toBeLessThanOrEqual(low + 1e-9);
    expect(ci95[1]).toBeGreaterThanOrEqual(high - 1e-9);
  });

  test("counts the rows of a class once, however many seeds there are", () => {
    const fewer = (of: NamedResults): NamedResults => ({
      ...of,
      results: { ...of.results, rows: of.results.rows.slice(0, 40) },
    });
    const compared = compare(fewer(baseline), groupResults("v2", seeds.map(fewer)));
    expect(compared.guards.find(({ id }) => id === "missed-harmful-rate")).toMatchObject({
      rows: 20,
      verdict: "open",
      reason: "too few harmful rows (20 of 30)",
    });
  });

  test("is held to a limit by the mean of its seeds over the rows", () => {
    const limits = {
      missedHarmfulRate: 0.3,
      falseRefusalRate: null,
      wellFormedShare: null,
      expectedCost: null,
    };
    const settings = { draws: 1_000, limits };
    const { limits: checked, candidate } = compareResults(baseline, groupResults("v2", seeds), { settings });
    const missed = candidate.safety.missedHarmfulRate;
    expect(checked).toMatchObject([{ value: missed.value, ci95: missed.ci95, rows: 30 }]);
    const [low, high] = wilson95(candidate.safety.block.falseNegative, 30) as [number, number];
    expect(missed.ci95?.[0]).toBeCloseTo(low, 9);
    expect(missed.ci95?.[1]).toBeCloseTo(high, 9);
  });

  test("decides nothing while the results of one seed are stale or edited, and says which", () => {
    const [first, second, third] = seeds as [NamedResults, NamedResults, NamedResults];
    const retrained = { ...second, stale: stale("adapter-changed") };
    const compared = compare(baseline, groupResults("v2", [first, retrained, third]));
    expect(compared.decision).toBe("undecided");
    expect(compared.reasons[0]).toBe("The results of v2.2 come from an older adapter.");
    expect(compared.warnings.map(({ code }) => code)).toContain("stale");
    const integrity = { sealed: true, changedRows: [7], missing: 0, missingRows: [] };
    const edited = { ...third, results: { ...third.results, integrity } };
    const other = compare(baseline, groupResults("v2", [first, second, edited]));
    expect(other.decision).toBe("undecided");
    expect(other.reasons[0]).toMatch(/^1 row differs from its seal in the results of v2\.3 \(row 7\)/);
  });

  test("is one look, which another answer of any seed changes", () => {
    const group = groupResults("v2", seeds);
    const look = lookedRows(group);
    expect(look.descriptions).toHaveLength(60);
    expect(lookedRows(groupResults("v2", seeds))).toEqual(look);
    const [first, second, third] = seeds as [NamedResults, NamedResults, NamedResults];
    const rows = third.results.rows.map((row) => (row.row === 9 ? { ...row, names: ["other-name"] } : row));
    const other = groupResults("v2", [first, second, { ...third, results: { ...third.results, rows } }]);
    expect(lookedRows(other).content).not.toBe(look.content);
  });

  test("has no refusal probability to compare, and says so", () => {
    const scored = (of: NamedResults): NamedResults => ({
      ...of,
      results: {
        ...of.results,
        rows: of.results.rows.map((row) => ({ ...row, refusalProbability: row.row / 100 })),
      },
    });
    const compared = compare(scored(baseline), groupResults("v2", seeds.map(scored)));
    expect(compared.refusalProbability).toBeUndefined();
    expect(compared.warnings.map(({ code }) => code)).toContain("seeds-without-score");
    const single = compare(scored(baseline), scored(seeds[0] as NamedResults));
    expect(single.refusalProbability?.n).toBe(60);
    expect(single.warnings.map(({ code }) => code)).not.toContain("seeds-without-score");
  });

  test("has four tests where a file from elsewhere labels rows differently", () => {
    const foreign: NamedResults = {
      name: "foreign",
      results: {
        stamp: null,
        rows: baseline.results.rows.map((row) => (row.row === 1 ? { ...row, label: "harmful" } : row)),
      },
    };
    const { mcnemar } = compare(foreign, groupResults("v2", seeds)).difference;
    expect(mcnemar.test).toBe("sign-flip");
    expect(Object.keys(mcnemar.sensitivity ?? {})).toHaveLength(3);
    for (const p of Object.values(mcnemar.sensitivity ?? {})) expect(p).toBeLessThan(0.05);
  });
});

test("members at different thresholds are refused, with the command that evaluates them at one", () => {
  const at = (refusalThreshold: number): Partial<Stamp> => ({
    decoding: { ...exampleStamp.decoding, refusalThreshold },
    thresholdFrom: "version",
  });
  const members = [version("v2.1", () => true, at(0.2)), version("v2.2", () => true, at(0.3))];
  expect(() => groupResults("v2", members)).toThrow("evaluated at different thresholds");
});
