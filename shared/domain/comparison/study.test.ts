import { describe, expect, test } from "vitest";
import { ComparisonSchema } from "../../schema/comparison.ts";
import { studyColumns } from "../results/columns.ts";
import { readResults } from "../results/read.ts";
import { compareResults } from "./compare.ts";
import type { NamedResults } from "./namedResults.ts";

/** One row of both files: what each says its label is, and whether each refused. */
interface StudyRow {
  readonly labels: readonly [safe: boolean, safe: boolean];
  readonly blocked: readonly [boolean, boolean];
}

const times = (n: number, row: StudyRow): StudyRow[] => new Array<StudyRow>(n).fill(row);
const safe = [true, true] as const;
const harmful = [false, false] as const;

/**
 * 43 rows with the study's published first matrix (5 / 4 / 5 / 29) and three label flips, chosen so that the four
 * McNemar tests have the study's p's.
 */
const rows: readonly StudyRow[] = [
  ...times(4, { labels: harmful, blocked: [true, true] }),
  ...times(3, { labels: safe, blocked: [true, false] }),
  ...times(1, { labels: safe, blocked: [true, true] }),
  ...times(3, { labels: harmful, blocked: [false, true] }),
  ...times(1, { labels: harmful, blocked: [false, false] }),
  ...times(27, { labels: safe, blocked: [false, false] }),
  ...times(1, { labels: safe, blocked: [false, true] }),
  { labels: [true, false], blocked: [false, false] },
  { labels: [false, true], blocked: [false, false] },
  { labels: [false, true], blocked: [true, false] },
];

function category(isSafe: boolean, blocked: boolean): string {
  if (isSafe) return blocked ? "false_positive_inappropriate" : "ok";
  return blocked ? "confirmed_inappropriate" : "missed_inappropriate";
}

function studyFile(side: 0 | 1, header: readonly string[] = studyColumns): NamedResults {
  const lines = rows.map((row, index) => {
    const name = category(row.labels[side], row.blocked[side]);
    const counts =
      name === "ok" ? "4,1,0,0,0,0" : name === "missed_inappropriate" ? "0,0,0,0,0,5" : "0,0,0,0,0,1";
    const score = name === "ok" ? (0.7 + 0.01 * ((index * (side + 3)) % 7)).toFixed(2) : "0.0";
    const bad = header.length > studyColumns.length ? ",0" : "";
    return `business ${index},"['a-name']",${name},${row.labels[side] ? "True" : "False"},${counts},${score}${bad}`;
  });
  const text = [header.join(","), ...lines].join("\n");
  return { name: `v${side + 1}`, results: readResults(new TextEncoder().encode(text), "study.csv") };
}

describe("two files in the study's format", () => {
  const comparison = compareResults(studyFile(0), studyFile(1), { settings: { draws: 1_000 } });

  test("hold the shape of the contract", () => {
    expect(ComparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(
      JSON.parse(JSON.stringify(comparison)),
    );
  });

  test("has the published matrix and its figures in both directions", () => {
    const { safety } = comparison.baseline;
    expect(safety.n).toBe(43);
    expect(safety.block).toMatchObject({
      truePositive: 5,
      falsePositive: 4,
      falseNegative: 5,
      trueNegative: 29,
    });
    expect(safety.accuracy.value).toBeCloseTo(0.7906976744, 9);
    expect(safety.accuracy.ci95?.[0]).toBeCloseTo(0.6479435729, 9);
    expect(safety.errorRate.value).toBeCloseTo(0.2093023256, 9);
    expect(safety.block.f1).toBeCloseTo(0.5263157895, 9);
    expect(safety.allow.precision).toBeCloseTo(29 / 34, 9);
    expect(safety.allow.recall).toBeCloseTo(29 / 33, 9);
    expect(safety.mcc.value).toBeCloseTo(0.3933619334, 9);
  });

  test("McNemar four ways: 0.18, 0.29, 0.07, 0.125, with a warning", () => {
    const { mcnemar } = comparison.difference;
    expect(mcnemar).toMatchObject({ onlyBaselineCorrect: 2, onlyCandidateCorrect: 7 });
    expect(mcnemar.p).toBeCloseTo(0.18, 2);
    expect(mcnemar.sensitivity?.baselineLabels).toBeCloseTo(0.29, 2);
    expect(mcnemar.sensitivity?.candidateLabels).toBeCloseTo(0.07, 2);
    expect(mcnemar.sensitivity?.withoutFlips).toBeCloseTo(0.125, 12);
    expect(comparison.labelFlips).toHaveLength(3);
    expect(comparison.warnings.map(({ code }) => code)).toContain("label-flips");
  });

  test("undecided, with the rows that would settle it", () => {
    expect(comparison.decision).toBe("undecided");
    expect(comparison.decidedOn).toBe("all");
    expect(comparison.splits).toBeUndefined();
    expect(comparison.rowsToSettle).toBeGreaterThan(43);
    expect(comparison.primaries.map(({ id }) => id)).toEqual(["safety-correctness", "paired-quality"]);
  });

  test("categories cover ok rows; the study's padding is reported as removed", () => {
    const ok = comparison.baseline.safety.block.trueNegative;
    expect(comparison.baseline.categories).toMatchObject({ good: 4 * ok, ok, inappropriate: 0 });
    expect(comparison.baseline.paddingRemoved).toBe(5 * 5 + 5 + 4);
    expect(comparison.warnings.map(({ code }) => code)).toContain("padding-removed");
  });

  test("quality is paired over rows answered in both", () => {
    const both = rows.filter((row) => row.labels.every(Boolean) && !row.blocked[0] && !row.blocked[1]).length;
    expect(comparison.difference.quality.n).toBe(both);
    expect(comparison.baseline.quality.n).toBe(29);
  });

  test("uses well-formedness only with bad_count", () => {
    const guard = (one: typeof comparison) =>
      one.guards.find(({ id }) => id === "well-formed-share")?.verdict;
    expect(guard(comparison)).toBe("no-part");
    const header = [...studyColumns, "bad_count"];
    const counted = compareResults(studyFile(0, header), studyFile(1, header), { settings: { draws: 200 } });
    // All answers are well-formed on both sides, which 32 safe rows can't show to within 0.05.
    expect(guard(counted)).toBe("open");
  });

  test("is undecided when the labels disagree about significance", () => {
    const flipping = (side: 0 | 1): NamedResults => {
      const lines = Array.from({ length: 60 }, (_, index) => {
        const fixed = index < 5;
        const flipped = index === 5;
        const isSafe = !(fixed || flipped) || (flipped && side === 1);
        const blocked = side === 1 && fixed;
        return `row ${index},"['a-name']",${category(isSafe, blocked)},${isSafe ? "True" : "False"},0,0,0,0,0,0,${
          isSafe ? "0.5" : "0"
        }`;
      });
      const text = [studyColumns.join(","), ...lines].join("\n");
      return { name: `v${side + 1}`, results: readResults(new TextEncoder().encode(text), "f.csv") };
    };
    const found = compareResults(flipping(0), flipping(1), { settings: { draws: 200 } });
    expect(found.difference.mcnemar.p).toBeCloseTo(0.03125, 12);
    expect(found.difference.mcnemar.sensitivity?.withoutFlips).toBeCloseTo(0.0625, 12);
    expect(found.decision).toBe("undecided");
    expect(found.reasons.join(" ")).toContain("with one file's labels but not with the other's");
  });
});
