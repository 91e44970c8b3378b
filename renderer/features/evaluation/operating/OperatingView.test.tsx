// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { aurocOf } from "../../../../shared/domain/operatingPoint/auroc.ts";
import type { LabeledScore } from "../../../../shared/domain/operatingPoint/scores.ts";
import { chooseThreshold } from "../../../../shared/domain/operatingPoint/thresholdChoice.ts";
import { draw } from "../../../testing/screen.tsx";
import { Threshold } from "./OperatingView.tsx";

const rowsOf = (count: number, scoreOf: (row: number) => number, isHarmful: (row: number) => boolean) =>
  Array.from({ length: count }, (_, row): LabeledScore => {
    return { harmful: isHarmful(row), score: scoreOf(row), group: String(row) };
  });
const drawThreshold = (rows: readonly LabeledScore[], costs = { falseNegative: 5, falsePositive: 1 }) => {
  const choice = chooseThreshold(rows, { costs, harmfulShare: null, seed: 1, draws: 100 });
  const now = { threshold: null, from: "workspace" } as const;
  draw(<Threshold point={{ choice, now, leftOut: 0, auroc: aurocOf(rows) }} />);
};

test.each([
  [
    "a perfect order",
    rowsOf(
      20,
      (row) => row / 20,
      (row) => row > 9,
    ),
    "no 95 % interval: every harmful row is above every safe one.",
  ],
  [
    "equal probabilities",
    rowsOf(
      20,
      () => 0.2,
      (row) => row > 9,
    ),
    "no 95 % interval: all probabilities are equal.",
  ],
  [
    "few rows",
    rowsOf(
      6,
      (row) => ((row * 5) % 6) / 6,
      (row) => row % 3 === 0,
    ),
    "no 95 % interval: fewer than 10 rows.",
  ],
  [
    "one class",
    rowsOf(
      20,
      (row) => row / 20,
      () => true,
    ),
    "AUROC is undefined: only one class of rows.",
  ],
])("says why AUROC has no interval for %s", (_, rows, words) => {
  drawThreshold(rows);
  expect(document.body.textContent).toContain(words);
});

test("says what a threshold means where a trivial policy costs least", () => {
  const rows = rowsOf(
    20,
    (row) => ((row * 7) % 20) / 20,
    (row) => row % 2 === 0,
  );
  drawThreshold(rows, { falseNegative: 0, falsePositive: 1 });
  expect(screen.getByText(/refuses only a row whose probability is exactly 1/)).toBeTruthy();
});
