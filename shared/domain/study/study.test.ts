import { expect, test } from "vitest";
import { StudyReadingSchema } from "../../schema/study.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import cases from "../metrics/metrics-cases.json" with { type: "json" };
import { readResults } from "../results/read.ts";
import { rereadStudy } from "./rereadStudy.ts";
import { storedStudy } from "./storedStudy.ts";
import { failedCallsSentences, meaningOf, rowsQuestions, verdictSentence } from "./studyWords.ts";

const stored = rereadStudy(storedStudy(), "stored");
const { comparison } = stored;

test("the stored figures have the known matrix of v1 and its known figures", () => {
  const [known] = cases.confusion;
  if (known === undefined) throw new Error("metrics-cases.json has no matrix");
  const { block, accuracy, mcc, kappa, balancedAccuracy } = comparison.baseline.safety;
  expect(block).toMatchObject(known.counts);
  expect(block.f1).toBeCloseTo(known.f1 ?? 0, 9);
  expect(accuracy.value).toBeCloseTo(known.accuracy, 9);
  expect(accuracy.ci95?.[0]).toBeCloseTo(known.accuracyWilson95[0] ?? 0, 9);
  expect(accuracy.ci95?.[1]).toBeCloseTo(known.accuracyWilson95[1] ?? 0, 9);
  expect(mcc.value).toBeCloseTo(known.mcc ?? 0, 9);
  expect(kappa.value).toBeCloseTo(known.kappa ?? 0, 9);
  expect(balancedAccuracy.value).toBeCloseTo(known.balancedAccuracy ?? 0, 9);
});

test("McNemar's p is 0.18, 0.29, 0.07 and 0.125 under the four label choices, as known from the study's files", () => {
  const found = stored.labelChoices.map(({ labels, p, ...counts }) => [labels, Number(p.toFixed(4)), counts]);
  expect(found).toEqual([
    ["own", 0.1797, { n: 43, onlyBaselineCorrect: 2, onlyCandidateCorrect: 7 }],
    ["baseline", 0.2891, { n: 43, onlyBaselineCorrect: 2, onlyCandidateCorrect: 6 }],
    ["candidate", 0.0703, { n: 43, onlyBaselineCorrect: 1, onlyCandidateCorrect: 7 }],
    ["without-flips", 0.125, { n: 40, onlyBaselineCorrect: 1, onlyCandidateCorrect: 6 }],
  ]);
  const { p, sensitivity } = comparison.difference.mcnemar;
  expect([p, sensitivity?.baselineLabels, sensitivity?.candidateLabels, sensitivity?.withoutFlips]).toEqual(
    stored.labelChoices.map((choice) => choice.p),
  );
});

test("every published figure is reproduced to its last decimal", () => {
  expect(stored.reproduced).toBe(true);
  expect(stored.published.map(({ id, metric, reproduced }) => [id, metric, reproduced])).toEqual([
    ["quality", "answered-score", true],
    ["safety", "accuracy", true],
    ["safety-change", "allow-f1", true],
    ["error-rate", "error-rate", true],
  ]);
  // The change that the text calls F1 isn't the difference of the figures that the table calls F1.
  const [, table, text] = stored.published;
  expect(table?.recomputed.change).toBeCloseTo(5 / 43, 12);
  expect(text?.recomputed.change).toBeCloseTo(30 / 32 - 58 / 67, 12);
});

test("the study is undecided, with three flipped labels and no failed judge call", () => {
  expect(StudyReadingSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(
    JSON.parse(JSON.stringify(stored)),
  );
  expect(comparison.decision).toBe("undecided");
  expect(comparison.n).toBe(43);
  expect(comparison.labelFlips).toHaveLength(3);
  expect([stored.failedCalls.baseline.rows, stored.failedCalls.candidate.rows]).toEqual([0, 0]);
  expect(comparison.baseline.categories).toMatchObject({ good: 64, ok: 78, random_word: 3 });
  expect(comparison.candidate.categories).toMatchObject({ good: 55, ok: 93, random_word: 2 });
  expect([comparison.baseline.paddingRemoved, comparison.candidate.paddingRemoved]).toEqual([30, 24]);
});

test("the corrected figures are those of the comparison, each with its rows", () => {
  const rows = Object.fromEntries(
    stored.corrected.map(({ id, baseline, candidate, change }) => [id, [baseline.n, candidate.n, change.n]]),
  );
  expect(rows).toEqual({
    accuracy: [43, 43, 43],
    "missed-harmful-rate": [10, 11, null],
    "false-refusal-rate": [33, 32, null],
    "block-f1": [43, 43, 43],
    "allow-f1": [43, 43, 43],
    "answered-score": [29, 30, 27],
  });
  for (const { id, baseline, change } of stored.corrected) {
    expect(baseline.ci95, id).not.toBeNull();
    expect(change.ci95).toEqual(comparison.metrics.find((metric) => metric.id === id)?.ci95);
  }
});

test("407 rows of a class are planned for a margin of 0.05 and 12 % discordant rows", () => {
  expect(stored.planned).toMatchObject({ margin: 0.05, harmful: 407, safe: 407 });
  const questions = rowsQuestions(stored);
  expect(questions.map(({ had, rows }) => `${had} ${rows}`)).toContain("10 or 11 harmful rows");
  expect(questions[0]?.needed).toBeGreaterThan(43);
  expect(questions).toContainEqual({
    question: "Enough rows for the guard on missed-harmful rate to count",
    had: "9",
    needed: 30,
    rows: "harmful rows",
  });
  const guards = comparison.guards.map((guard) =>
    guard.id === "missed-harmful-rate"
      ? { ...guard, verdict: "not-applicable" as const, reason: "v1 answers only 0.100 of the safe rows" }
      : guard,
  );
  expect(rowsQuestions({ ...stored, comparison: { ...comparison, guards } })).toContainEqual({
    question:
      "A change in missed-harmful rate, which can't be judged: v1 answers only 0.100 of the safe rows",
    had: "43",
    needed: null,
    rows: "matched rows",
  });
});

test("the words name what each figure is", () => {
  expect(verdictSentence(stored)).toBe(
    "The published numbers can be reproduced, but the one called F1 is accuracy. On 43 rows, it isn't clear whether v2 is better.",
  );
  const meanings = stored.published.map((figure) => meaningOf(figure, stored));
  expect(meanings[0]).toContain("29 rows of v1 and 30 of v2, of which 27 are the same");
  expect(meanings[1]).toContain("is 0.526 → 0.818");
  expect(meanings[2]).toContain("0.866 → 0.938");
});

const head =
  "description,domains,overall_category,is_appropriate,good_count,ok_count,random_word_count,too_long_count,other_failure_count,inappropriate,average_score";
const file = (name: string, lines: readonly string[]) => ({
  name,
  results: readResults(new TextEncoder().encode([head, ...lines].join("\n")), `${name}.csv`),
});

test("failed judge calls are counted, and their effect as zeros is shown", () => {
  const lines = ["a bakery,[],ok,True,5,0,0,0,0,0,0.8", "a florist,[],ok,True,5,0,0,0,0,0,0.6"];
  const failed = [...lines.slice(0, 1), "a florist,[],other_failure,True,0,0,0,0,5,0,0.0"];
  const found = rereadStudy({ baseline: file("one", lines), candidate: file("two", failed) }, "files");
  expect(found.failedCalls).toEqual({
    baseline: { rows: 0, mean: 0.7, asZero: 0.7 },
    candidate: { rows: 1, mean: 0.8, asZero: 0.4 },
  });
  expect(failedCallsSentences(found).at(1)).toBe(
    "two: 1 failed judge call. The mean quality is 0.800 without it and 0.400 if it counts as zero.",
  );
  expect(found.reproduced).toBe(false);
  expect(found.labelChoices).toHaveLength(1);
  expect(verdictSentence(found)).toMatch(/^These files don't have the study's figures/);
});

test("refuses stamped results and files without a common description", () => {
  const study = file("study", ["a bakery,[],ok,True,5,0,0,0,0,0,0.8"]);
  const stamped = { name: "v1", results: { stamp: exampleStamp, rows: [exampleRow] } };
  expect(() => rereadStudy({ baseline: study, candidate: stamped }, "files")).toThrow(
    "v1 is a results file of Namewright",
  );
  const other = file("other", ["a florist,[],ok,True,5,0,0,0,0,0,0.8"]);
  expect(() => rereadStudy({ baseline: study, candidate: other }, "files")).toThrow(
    "study and other share no description",
  );
});
