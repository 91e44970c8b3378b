import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CurveFigureSchema, type CurvePoint, type CurveRun } from "../../schema/curves.ts";
import { curveFigure, fewestForLine } from "./curveFigure.ts";
import { bestOf, smoothed, thinned } from "./smooth.ts";

const points = (values: readonly number[]): CurvePoint[] =>
  values.map((value, index) => ({ step: index + 1, value }));

const run = (values: readonly number[], more: Partial<CurveRun> = {}): CurveRun => ({
  runId: "r1",
  label: "v1",
  loss: points(values),
  evalLoss: [],
  learningRate: points(values),
  gradNorm: [],
  tokensPerSecond: [],
  refusalAuroc: [],
  expectedCost: [],
  ...more,
});
const descending = Array.from({ length: 40 }, (_, index) => 4 / (index + 1));

describe("the moving average", () => {
  test("is TensorBoard's, without the bias towards zero at its beginning", () => {
    // By hand: s₁ = 0.5·2 / 0.5 = 2; s₂ = (0.5·1 + 0.5·4) / 0.75 = 10/3.
    expect(smoothed(points([2, 4]), 0.5).map(({ value }) => value)).toEqual([2, expect.closeTo(10 / 3, 12)]);
  });

  test("of a constant is that constant, with weight 0 equals the points, and stays within their range", () => {
    for (const { value } of smoothed(points([3, 3, 3, 3]), 0.97)) expect(value).toBeCloseTo(3, 10);
    expect(smoothed(points([1, 5, 2]), 0)).toEqual(points([1, 5, 2]));
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.99, noNaN: true }), (given, weight) => {
        for (const { value } of smoothed(points(given), weight)) {
          expect(value).toBeGreaterThanOrEqual(Math.min(...given) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(...given) + 1e-6);
        }
      }),
    );
  });
});

describe("figures of the refusal decision", () => {
  test("draw each evaluation as a point and mark the best", () => {
    const measured = run([3, 2, 1], {
      expectedCost: points([0.5, 0.2, 0.3]),
      refusalAuroc: points([0.6, 0.9, 0.8]),
    });
    for (const curve of ["expectedCost", "refusalAuroc"] as const) {
      const figure = curveFigure(curve, [measured], { scale: "linear", smoothing: 0.6 });
      expect(CurveFigureSchema.parse(figure)).toEqual(figure);
      expect(figure.series).toMatchObject([
        { measured: "evaluation", drawnAs: "points", smoothed: null, best: { step: 2 } },
      ]);
    }
  });

  test("have no series where nothing was measured", () => {
    expect(curveFigure("expectedCost", [run([3, 2])], { scale: "linear", smoothing: 0 }).series).toEqual([]);
  });
});

describe("thinning", () => {
  test("keeps every spike, both ends and the order", () => {
    const values = Array.from({ length: 10_000 }, (_, index) =>
      index === 4321 ? 99 : index === 7777 ? -99 : 0,
    );
    const kept = thinned(points(values), 400);
    expect(kept.length).toBeLessThanOrEqual(400);
    expect(kept.map(({ value }) => value)).toEqual(expect.arrayContaining([99, -99]));
    expect([kept[0]?.step, kept.at(-1)?.step]).toEqual([1, 10_000]);
    expect(kept.map(({ step }) => step)).toEqual([...kept.map(({ step }) => step)].sort((a, b) => a - b));
  });

  test("keeps few points unchanged", () => {
    expect(thinned(points([1, 2, 3]), 400)).toEqual(points([1, 2, 3]));
  });
});

test("best returns the earlier of equal points, and null without points", () => {
  expect(bestOf(points([3, 1, 1, 2]), "lower")).toEqual({ step: 2, value: 1 });
  expect(bestOf(points([3, 1, 3]), "higher")).toEqual({ step: 1, value: 3 });
  expect(bestOf([], "lower")).toBeNull();
});

describe("a figure of curves", () => {
  test("draws points instead of a line below the threshold", () => {
    const drawnAs = (count: number) =>
      curveFigure("loss", [run(descending.slice(0, count))], { scale: "linear", smoothing: 0.6 }).series[0];
    expect(drawnAs(fewestForLine - 1)).toMatchObject({ drawnAs: "points", smoothed: null });
    expect(drawnAs(fewestForLine)?.drawnAs).toBe("line");
    expect(drawnAs(fewestForLine)?.smoothed).toHaveLength(fewestForLine);
  });

  test("draws evaluations as points with the best one in the loss figure only", () => {
    const evalLoss = [
      { step: 10, value: 2.5 },
      { step: 20, value: 2.1 },
      { step: 30, value: 2.3 },
    ];
    const given = [run(descending, { evalLoss })];
    const options = { scale: "linear", smoothing: 0 } as const;
    expect(curveFigure("loss", given, options).series[1]).toMatchObject({
      measured: "evaluation",
      drawnAs: "points",
      best: { step: 20, value: 2.1 },
    });
    expect(curveFigure("learningRate", given, options).series).toHaveLength(1);
  });

  test("skips and counts zeros on a log scale, and keeps the order of several runs", () => {
    const figure = curveFigure("loss", [run([0, 1, 2]), run([5, 5, 5], { runId: "r2", label: "v2" })], {
      scale: "log",
      smoothing: 0,
    });
    expect(figure.series.map(({ place, leftOut }) => [place, leftOut])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(figure.values[0]).toBeGreaterThan(0);
    expect(CurveFigureSchema.safeParse(figure).success).toBe(true);
  });

  test("keeps given axes", () => {
    const figure = curveFigure("loss", [run([1, 2, 3])], {
      scale: "linear",
      smoothing: 0,
      steps: [0, 500],
      values: [0, 9],
    });
    expect(figure).toMatchObject({ steps: [0, 500], values: [0, 9] });
  });
});
