import { expect, test } from "vitest";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../../shared/testing/reportExample.ts";
import { rowsBehindWords, rowsWords } from "./headline.ts";

const v2 = compareResults(
  { name: "v1", results: exampleResults(exampleBaseline) },
  { name: "v2", results: exampleResults(exampleCandidate) },
  { settings: { draws: 100 } },
);
const alike = { ...v2, candidate: { ...v2.candidate, name: "v3" } };
const fewer = { ...alike, n: 12 };

test("rows are counted once where the candidates share them, else for each", () => {
  expect(rowsWords([v2, alike], "matched row")).toBe("136 matched rows");
  expect(rowsWords([v2, fewer], "matched row")).toBe("136 matched rows with v2, 12 with v3");
});

test("what a figure rests on is said of each candidate where it differs, and not where no number says it", () => {
  expect(rowsBehindWords([v2, alike], "accuracy")).toBe("n 136");
  expect(rowsBehindWords([v2, fewer], "accuracy")).toBe("n 136 with v2, 12 with v3");
  expect(rowsBehindWords([v2, fewer], "block-precision")).toBeNull();
});
