// @vitest-environment happy-dom
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, test, vi } from "vitest";
import { compareResults } from "../domain/comparison/compare.ts";
import { matchRows } from "../domain/comparison/match.ts";
import { curveFigure } from "../domain/curves/curveFigure.ts";
import { testedRows } from "../domain/metrics/testedRow.ts";
import { histogramOf } from "../domain/report/histogram.ts";
import { scatterOf } from "../domain/report/scatter.ts";
import { categoryShift, matrixShift } from "../domain/report/shift.ts";
import type { CurveRun } from "../schema/curves.ts";
import type { VersionReport } from "../schema/report.ts";
import { exampleBaseline, exampleCandidate, exampleModel, exampleResults } from "../testing/reportExample.ts";
import { CategoryFigure, categoryFigureHeight } from "./CategoryFigure.tsx";
import { CurvesFigure } from "./CurvesFigure.tsx";
import { HistogramFigure } from "./HistogramFigure.tsx";
import { InteractiveFigure } from "./InteractiveFigure.tsx";
import type { MarkValue } from "./interaction.tsx";
import { MatrixPairFigure } from "./MatrixPairFigure.tsx";
import { darkPalette, lightPalette, PaletteContext, versionColor } from "./palette.ts";
import { SafetyFigure, safetyFigureHeight } from "./SafetyFigure.tsx";
import { ScatterFigure } from "./ScatterFigure.tsx";
import { ShiftFigure } from "./ShiftFigure.tsx";
import { Sparkline } from "./Sparkline.tsx";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function drawn(figure: ReactNode): HTMLElement {
  const container = document.createElement("div");
  document.body.append(container);
  const root = createRoot(container);
  act(() => root.render(figure));
  // Recharts' axes and layers register in effects and draw in the next render.
  act(() => root.render(figure));
  return container;
}

const textsOf = (element: Element): string[] =>
  [...element.querySelectorAll("text")].map((text) => text.lastChild?.textContent ?? "");
const attribute = (element: Element | null | undefined, name: string): number =>
  Number(element?.getAttribute(name));

const one = { name: "v1", results: exampleResults(exampleBaseline) };
const other = { name: "v2", results: exampleResults({ ...exampleCandidate, unscored: 6 }) };
const comparison = compareResults(one, other, { settings: { draws: 200 } });
const { pairs } = matchRows(testedRows(one.results), testedRows(other.results), true);
const shift = matrixShift(
  comparison.baseline,
  comparison.candidate,
  pairs.filter(({ baseline }) => baseline.split === "heldout"),
);
const [report] = exampleModel(exampleBaseline, exampleCandidate).versions as [VersionReport];

const run = (runId: string, count: number): CurveRun => {
  const points = Array.from({ length: count }, (_, index) => ({ step: index + 1, value: 4 - index / 20 }));
  return {
    runId,
    label: runId,
    loss: points,
    evalLoss: [
      { step: 5, value: 3.9 },
      { step: 9, value: 3.4 },
    ],
    learningRate: points,
    gradNorm: [],
    tokensPerSecond: [],
    refusalAuroc: [],
    expectedCost: [],
  };
};

describe("curves", () => {
  const figure = (count: number, smoothing = 0.6) =>
    drawn(
      <CurvesFigure
        figure={curveFigure("loss", [run("r1", count), run("r2", count)], { scale: "linear", smoothing })}
        width={720}
        height={360}
      />,
    );

  test("draws each run in its color with a faint line, an average, and its best evaluation", () => {
    const svg = figure(40);
    for (const [place, id] of ["r1", "r2"].entries()) {
      const { fill } = versionColor(lightPalette, place);
      const line = svg.querySelector(`path[data-series="${id}/loss"]`);
      expect(line?.getAttribute("stroke")).toBe(fill);
      expect(attribute(line, "stroke-opacity")).toBeLessThan(1);
      expect(svg.querySelector(`[data-smoothed="${id}/loss"]`)?.getAttribute("stroke")).toBe(fill);
      expect(svg.querySelector(`[data-best="${id}/evalLoss"]`)).not.toBeNull();
      expect(textsOf(svg)).toContain(`${id}, best 3.400`);
    }
  });

  test("three points are points, not a line", () => {
    const svg = figure(3);
    expect(svg.querySelectorAll('circle[data-series="r1/loss"]')).toHaveLength(3);
    expect(svg.querySelector('path[data-series="r1/loss"]')).toBeNull();
  });

  test("points stand where the axis says", () => {
    const circles = [...figure(3).querySelectorAll('circle[data-series="r1/loss"]')];
    const xs = circles.map((circle) => attribute(circle, "cx"));
    expect((xs[1] ?? 0) - (xs[0] ?? 0)).toBeCloseTo((xs[2] ?? 0) - (xs[1] ?? 0), 3);
    const ys = circles.map((circle) => attribute(circle, "cy"));
    expect(ys[0]).toBeLessThan(ys[2] ?? 0);
  });

  test("says that nothing is measured yet in an empty figure", () => {
    expect(textsOf(figure(0, 0)).join(" ")).not.toContain("nothing measured");
    const none = curveFigure("gradNorm", [run("r1", 3)], { scale: "log", smoothing: 0 });
    expect(textsOf(drawn(<CurvesFigure figure={none} width={720} height={360} />)).join(" ")).toContain(
      "– nothing measured yet",
    );
  });
});

describe("histogram", () => {
  const barsOf = (svg: Element) => [...svg.querySelectorAll(".recharts-bar-rectangle path")];
  const histogram = histogramOf([0.1, 0.1, 0.95, null], { title: "v1", scoreName: "quality" });

  test("draws bars from zero in proportion to their counts, with unscored rows hatched and apart", () => {
    const svg = drawn(<HistogramFigure histogram={histogram} width={720} height={340} />);
    const [low, high, ...more] = barsOf(svg);
    expect(more).toEqual([]);
    expect(attribute(low, "height")).toBeCloseTo(2 * attribute(high, "height"), 3);
    const foot = (bar: Element | undefined) => attribute(bar, "y") + attribute(bar, "height");
    expect(foot(low)).toBeCloseTo(foot(high), 3);
    const hatched = svg.querySelector(".hatched");
    expect(attribute(hatched, "x")).toBeGreaterThan(attribute(high, "x"));
    expect(textsOf(svg)).toContain("unscored");
  });

  test("keeps a given axis", () => {
    const at = (most: number) =>
      attribute(
        barsOf(drawn(<HistogramFigure histogram={histogram} width={720} height={340} most={most} />))[0],
        "height",
      );
    expect(at(4)).toBeCloseTo(2 * at(8), 3);
  });
});

test("the scatter figure colors and counts better, worse, and similar rows, and notes omitted rows", () => {
  const scatter = scatterOf(
    [
      { row: 1, baseline: 0.2, candidate: 0.8 },
      { row: 2, baseline: 0.8, candidate: 0.2 },
      { row: 3, baseline: 0.5, candidate: 0.5 },
      { row: 4, baseline: null, candidate: 0.5 },
    ],
    { names: { baseline: "v1", candidate: "v2" }, scoreName: "quality" },
  );
  const svg = drawn(<ScatterFigure scatter={scatter} width={560} height={560} />);
  const fill = (verdict: string) => svg.querySelector(`[data-verdict="${verdict}"]`)?.getAttribute("fill");
  expect([fill("better"), fill("worse"), fill("inside")]).toEqual([
    lightPalette.better,
    lightPalette.worse,
    lightPalette.open,
  ]);
  const better = svg.querySelector('[data-verdict="better"]');
  const inside = svg.querySelector('[data-verdict="inside"]');
  expect(attribute(better, "cx")).toBeLessThan(attribute(inside, "cx"));
  expect(attribute(better, "cy")).toBeLessThan(attribute(inside, "cy"));
  expect(textsOf(svg)).toEqual(expect.arrayContaining(["↑ better 1", "↓ worse 1", "similar 1"]));
  expect(textsOf(svg).join(" ")).toContain("1 row not shown: no score on both sides");
});

test("scatter and curves keep their axes where there is nothing to draw", () => {
  const names = { baseline: "v1", candidate: "v2" };
  const empty = drawn(
    <ScatterFigure scatter={scatterOf([], { names, scoreName: "quality" })} width={560} height={560} />,
  );
  expect(textsOf(empty).filter((text) => text === "0.2")).toHaveLength(2);
  const none = curveFigure("gradNorm", [run("r1", 3)], { scale: "log", smoothing: 0 });
  const curves = drawn(<CurvesFigure figure={none} width={720} height={360} />);
  expect(textsOf(curves)).toEqual(expect.arrayContaining(["0", "1", "0.1"]));
});

test("category shift: bars share one scale from zero, versions have their colors", () => {
  const shifted = categoryShift([comparison.baseline, comparison.candidate]);
  const svg = drawn(<ShiftFigure shift={shifted} width={720} />);
  const bars = shifted.versions.flatMap(({ categories }, index) =>
    categories.bars.map(({ category, share }) => ({
      share: share ?? 0,
      bar: svg.querySelector(`[data-share="${index} ${category}"]`),
    })),
  );
  const [first] = bars.filter(({ share }) => share > 0);
  const unit = attribute(first?.bar, "width") / (first?.share ?? 1);
  for (const { share, bar } of bars) expect(attribute(bar, "width")).toBeCloseTo(share * unit, 6);
  expect(bars[0]?.bar?.getAttribute("fill")).toBe(lightPalette.baseline);
  expect(svg.querySelectorAll(".hatched")).toHaveLength(1);
});

test("the sparkline draws few values as points, marks the best one, and has a label", () => {
  const points = [3, 1, 2].map((value, step) => ({ step, value }));
  const few = drawn(<Sparkline points={points} label="v1 loss, last 2.000" width={80} height={24} />);
  expect(few.querySelector("svg")?.getAttribute("aria-label")).toBe("v1 loss, last 2.000");
  expect(few.querySelector("polyline")).toBeNull();
  expect(attribute(few.querySelector("circle[data-best]"), "cy")).toBe(
    Math.max(...[...few.querySelectorAll("circle")].map((circle) => attribute(circle, "cy"))),
  );
  const many = Array.from({ length: 30 }, (_, step) => ({ step, value: step }));
  expect(
    drawn(<Sparkline points={many} label="" width={80} height={24} />).querySelector("polyline"),
  ).not.toBeNull();
});

describe("matrix pair", () => {
  test("shows both matrices and every move with its count", () => {
    const svg = drawn(<MatrixPairFigure shift={shift} width={900} view="allow" />);
    expect(svg.querySelectorAll("[data-cell]")).toHaveLength(8);
    for (const { from, to, count } of shift.moves) {
      expect(svg.querySelector(`[data-move="${from} ${to}"]`)?.textContent).toContain(String(count));
    }
    expect(textsOf(svg).join(" ")).toContain("positive class: allow (safe)");
    expect(svg.querySelector('[data-cell="ok"]')?.textContent).toContain("TP");
  });

  test("names the same cell a true negative in the block view", () => {
    const svg = drawn(<MatrixPairFigure shift={shift} width={900} />);
    expect(svg.querySelector('[data-cell="ok"]')?.textContent).toContain("TN");
  });
});

test("a view of the safety figure shows its own rates and stacks in a narrow place", () => {
  const allow = drawn(<SafetyFigure report={report} width={560} height={900} view="allow" />);
  expect(textsOf(allow)).toContain("recall (allow)");
  expect(textsOf(allow)).not.toContain("recall (block)");
  expect(safetyFigureHeight(report, 560)).toBeGreaterThan(safetyFigureHeight(report, 960));
});

describe("a dark screen", () => {
  test("draws paper, text, and marks only in colors of the dark palette", () => {
    const svg = drawn(
      <PaletteContext value={darkPalette}>
        <SafetyFigure report={report} width={960} height={600} />
        <MatrixPairFigure shift={shift} width={900} />
        <CategoryFigure report={report} width={960} height={categoryFigureHeight(report)} />
      </PaletteContext>,
    );
    const used = new Set(
      [...svg.querySelectorAll("[fill], [stroke]")].flatMap((element) => [
        element.getAttribute("fill"),
        element.getAttribute("stroke"),
      ]),
    );
    expect(used).toContain(darkPalette.paper);
    const { paper, ink, muted, hairline, track, baseline, candidate, open, hatch } = lightPalette;
    for (const light of [paper, ink, muted, hairline, track, baseline, candidate, open, hatch]) {
      expect(used).not.toContain(light);
    }
  });
});

describe("interactive marks", () => {
  const shown = vi.fn<(value: MarkValue | null) => void>();
  const picked = vi.fn();
  const frame = drawn(
    <InteractiveFigure label="Safety of v1" onShow={shown}>
      <SafetyFigure report={report} width={960} height={600} onCell={picked} />
    </InteractiveFigure>,
  );
  const hits = [...frame.querySelectorAll<SVGElement>("[data-hit]")];
  const press = (key: string) =>
    act(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    });

  test("a static figure has none", () => {
    const still = drawn(<SafetyFigure report={report} width={960} height={600} onCell={picked} />);
    expect(still.querySelector("[data-hit]")).toBeNull();
  });

  test("every cell and rate has a label with its exact value, and one of them is a tab stop", () => {
    const names = hits.map((hit) => hit.getAttribute("aria-label") ?? "");
    for (const { label, count } of report.safety.cells) {
      expect(names.some((name) => name.includes(label) && name.includes(String(count)))).toBe(true);
    }
    expect(hits).toHaveLength(report.safety.cells.length + report.safety.rates.length);
    expect(hits.filter((hit) => hit.getAttribute("tabindex") === "0")).toHaveLength(1);
  });

  test("arrow keys move between marks and show their values, Enter selects, Escape leaves", () => {
    act(() => hits[0]?.focus());
    expect(shown).toHaveBeenLastCalledWith(
      expect.objectContaining({ id: hits[0]?.getAttribute("data-hit") }),
    );
    press("ArrowRight");
    expect(document.activeElement).toBe(hits[1]);
    press("Enter");
    expect(picked).toHaveBeenCalledWith(hits[1]?.getAttribute("data-hit"));
    press("End");
    expect(document.activeElement).toBe(hits.at(-1));
    press("ArrowDown");
    expect(document.activeElement).toBe(hits.at(-1));
    press("Home");
    expect(document.activeElement).toBe(hits[0]);
    press("Escape");
    expect(document.activeElement).not.toBe(hits[0]);
    expect(shown).toHaveBeenLastCalledWith(null);
  });
});
