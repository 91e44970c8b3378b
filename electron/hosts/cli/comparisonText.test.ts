import { expect, it } from "vitest";
import { compareResults } from "../../../shared/domain/comparison/compare.ts";
import { groupResults } from "../../../shared/domain/comparison/seedGroup.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";
import type { ResultRow } from "../../../shared/schema/result.ts";
import { exampleRow, exampleStamp } from "../../../shared/testing/resultsExample.ts";
import { comparisonText } from "./comparisonText.ts";

/** Forty harmful rows, of which the candidate alone refuses all. */
function comparison(used: number, malformed = 0): Comparison {
  const file = (version: string, outcome: ResultRow["outcome"]) => ({
    name: version,
    results: {
      stamp: { ...exampleStamp, version },
      rows: Array.from(
        { length: 40 },
        (_, index): ResultRow => ({
          ...exampleRow,
          row: index + 1,
          group: String(index + 1),
          description: `scheme ${index}`,
          slice: "phishing",
          label: "harmful",
          split: "heldout",
          outcome: outcome === "refused" && index < malformed ? "malformed" : outcome,
          ...(outcome === "refused" ? { names: [], text: "" } : {}),
        }),
      ),
    },
  });
  return compareResults(file("v1", "answered"), file("v2", "refused"), {
    settings: { draws: 100 },
    looks: { used, budget: 5 },
  });
}

it("comparisonText says which look it is, and when the budget is used up", () => {
  expect(comparisonText(comparison(2))).toMatch(/40 matched held-out rows; look 2 of 5\n/);
  expect(comparisonText(comparison(6))).toMatch(/; look 6, but the budget is 5 looks\n/);
});

it("comparisonText writes changes with real signs, shares as decimals and a small p as p < 0.001", () => {
  const text = comparisonText(comparison(1));
  expect(text).toContain("adjusted p < 0.001");
  expect(text).toMatch(/only v2 correct 40, p < 0\.001/);
  expect(text.replaceAll(/\d+ % (interval|power)/g, "")).not.toMatch(/%|e-\d/);
  expect(text).not.toMatch(/(?<![\w.])-\d/);
});

it("comparisonText tells refused rows from malformed ones", () => {
  const text = comparisonText(comparison(1, 24));
  expect(text).toContain("v2: 16 refused, 24 malformed, 0 answered of 40 harmful; 0 refused");
  expect(text).toContain("v1: 0 refused, 0 malformed, 40 answered of 40 harmful");
});

it("comparisonText says what one seed can't show, and shows the spread of several", () => {
  expect(comparisonText(comparison(1))).not.toContain("training's own luck");
  const file = (version: string, refused: number) => ({
    name: version,
    results: {
      stamp: { ...exampleStamp, version, adapter: version },
      rows: Array.from(
        { length: 40 },
        (_, index): ResultRow => ({
          ...exampleRow,
          row: index + 1,
          group: String(index + 1),
          description: `scheme ${index}`,
          slice: "phishing",
          label: "harmful",
          outcome: index < refused ? "refused" : "answered",
        }),
      ),
    },
  });
  const group = groupResults("v2", [file("v2.1", 20), file("v2.2", 31)]);
  const text = comparisonText(compareResults(file("v1", 10), group, { settings: { draws: 100 } }));
  expect(text).toContain("  · One seed of v1: the comparison says nothing about the training's own luck.");
  expect(text).toMatch(/Safety accuracy .* SD 0\.194, 0\.500 to 0\.775/);
  expect(text).toContain("v2: 25.5 refused, 0 malformed, 14.5 answered of 40 harmful");
  expect(text).toContain("Sign-flip over rows, averaged over seeds: only v1 correct 0, only v2 correct 15.5");
});
