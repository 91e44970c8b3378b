import { expect, it } from "vitest";
import { rereadStudy } from "../../../shared/domain/study/rereadStudy.ts";
import { storedStudy } from "../../../shared/domain/study/storedStudy.ts";
import { studyText } from "./studyText.ts";

it("puts the verdict first, then each published figure with what it is, and the four p-values", () => {
  const lines = studyText(rereadStudy(storedStudy(), "stored")).split("\n");
  const [verdict, published, labels] = ["Undecided.", "Safety (F1) ", "each file's own labels"].map((start) =>
    lines.findIndex((line) => line.startsWith(start)),
  );
  expect(verdict).toBe(3);
  expect(lines[published ?? -1]).toMatch(/0\.791\s+0\.907\s+–\s+Accuracy, not F1/);
  expect(lines.slice(labels, (labels ?? 0) + 4).map((line) => line.split(/\s+/).at(-1))).toEqual([
    "0.180",
    "0.289",
    "0.070",
    "0.125",
  ]);
  expect(lines.filter((line) => /safe → harmful|harmful → safe/.test(line))).toHaveLength(3);
});
