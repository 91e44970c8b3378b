import { expect, test } from "vitest";
import { type OperatingPoint, OperatingPointSchema } from "../../schema/operatingPoint.ts";
import type { ResultRow } from "../../schema/result.ts";
import { exampleRow, exampleStamp } from "../../testing/resultsExample.ts";
import { operatingFigures, rocCurve } from "./figures.ts";
import { operatingPlanes } from "./plane.ts";
import { chooseThreshold } from "./thresholdChoice.ts";

function pointOf(labels: readonly ResultRow["label"][]): OperatingPoint {
  const rows = labels.map(
    (label, index): ResultRow => ({
      ...exampleRow,
      row: index + 1,
      // One description with both labels would count as unlabeled.
      description: `business ${index}`,
      group: String(index),
      split: "dev",
      label,
      refusalProbability: index / labels.length,
    }),
  );
  const options = { costs: { falseNegative: 5, falsePositive: 1 }, harmfulShare: null, seed: 1, draws: 200 };
  return OperatingPointSchema.parse({
    version: "v2",
    ...operatingFigures({ stamp: exampleStamp, rows }, options),
    now: { threshold: null, from: "workspace" },
    resultsThreshold: null,
    results: { runId: null, hash: "" },
    warnings: [],
  });
}

test("marks the chosen threshold on the curves and keeps every point inside the axes", () => {
  const labels = Array.from({ length: 40 }, (_, index) =>
    index % 3 === 0 || index > 30 ? "harmful" : "safe",
  );
  const point = pointOf(labels as ResultRow["label"][]);
  const planes = operatingPlanes(point);
  for (const plane of [planes.roc, planes.precision, planes.cost]) {
    expect(plane.points).toHaveLength(1);
    expect(plane.points[0]?.words[0]).toBe(`refuse from ${point.choice.chosen?.threshold}`);
  }
  for (const { x, y, lines, points } of Object.values(planes)) {
    for (const one of [...points, ...lines.flatMap((line) => line.points)]) {
      expect(one.x).toBeGreaterThanOrEqual(x.domain[0]);
      expect(one.x).toBeLessThanOrEqual(x.domain[1]);
      expect(one.ci95?.[1] ?? one.y).toBeLessThanOrEqual(y.domain[1]);
    }
  }
  expect(planes.reliability.points).toHaveLength(10);
});

test("has no curve where a class is absent", () => {
  const { roc, precision, cost } = operatingPlanes(pointOf(["safe", "safe", null]));
  expect([roc, precision, cost].flatMap(({ lines }) => lines.flatMap(({ points }) => points))).toEqual([]);
});

test("marks one point where rows have a probability of 1, which no threshold answers", () => {
  const point = pointOf(Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? "harmful" : "safe")));
  const rows = Array.from({ length: 40 }, (_, index) => ({
    harmful: index % 2 === 0,
    score: index < 4 ? 1 : index / 100,
    group: String(index),
  }));
  const costs = { falseNegative: 0, falsePositive: 1 };
  const choice = chooseThreshold(rows, { costs, harmfulShare: null, seed: 1, draws: 200 });
  const planes = operatingPlanes({ ...point, choice, curve: rocCurve(rows, choice.harmfulShare, 1) });
  expect(choice.chosen?.threshold).toBe(1);
  expect([planes.roc, planes.cost].map(({ points }) => points.map(({ x }) => x))).toEqual([[0.1], [1]]);
});
