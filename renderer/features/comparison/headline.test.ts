import { expect, test } from "vitest";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import { exampleBaseline, exampleCandidate, exampleResults } from "../../../shared/testing/reportExample.ts";
import { describeRows, describeRowsBehind } from "./headline.ts";

const v2 = compareResults(
  { name: "v1", results: exampleResults(exampleBaseline) },
  { name: "v2", results: exampleResults(exampleCandidate) },
  { settings: { draws: 100 } },
);
const sameRows = { ...v2, candidate: { ...v2.candidate, name: "v3" } };
const fewer = { ...sameRows, n: 12 };

test("describeRows counts rows once if all candidates share them, otherwise per candidate", () => {
  expect(describeRows([v2, sameRows], "matched row")).toBe("136 matched rows");
  expect(describeRows([v2, fewer], "matched row")).toBe("136 matched rows with v2, 12 with v3");
});

test("describeRowsBehind lists n per candidate where it differs and returns null if no n applies", () => {
  expect(describeRowsBehind([v2, sameRows], "accuracy")).toBe("n 136");
  expect(describeRowsBehind([v2, fewer], "accuracy")).toBe("n 136 with v2, 12 with v3");
  expect(describeRowsBehind([v2, fewer], "block-precision")).toBeNull();
});
