import { expect, test } from "vitest";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../testing/reportExample.ts";
import { compareResults } from "./compare.ts";
import { rowsBehind } from "./rowsBehind.ts";

const comparison = compareResults(
  { name: "v1", results: exampleResults(exampleBaseline) },
  { name: "v2", results: exampleResults(exampleCandidate) },
  { settings: { draws: 100 } },
);

test("lists rows of one class for a rate, of both for accuracy, and scored in both for a score", () => {
  const harmful = rowsBehind(comparison, "missed-harmful-rate") ?? 0;
  const safe = rowsBehind(comparison, "false-refusal-rate") ?? 0;
  expect([harmful, safe, harmful + safe]).toEqual([60, 76, rowsBehind(comparison, "accuracy")]);
  expect(rowsBehind(comparison, "answered-score")).toBe(comparison.difference.ruleScore?.n);
  expect(rowsBehind(comparison, "block-precision")).toBeNull();
});
