// @vitest-environment happy-dom
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { describe, expect, test } from "vitest";
import {
  formatInterval,
  formatNumber,
  formatShare,
  formatSigned,
  formatSignedInterval,
} from "../domain/format/number.ts";
import type { FigureDrawing } from "../schema/figure.ts";
import type { VersionReport } from "../schema/report.ts";
import { exampleBaseline, exampleCandidate, exampleModel } from "../testing/reportExample.ts";
import { headlineOf, reachOf } from "./DifferenceFigure.tsx";
import { FigureOf, figureHeight } from "./FigureOf.tsx";
import { cellColor, color } from "./tokens.ts";

const model = exampleModel(exampleBaseline, { ...exampleCandidate, unscored: 9, unlabelled: 4 });
const [v1, v2] = model.versions as [VersionReport, VersionReport];
const comparison = model.comparison;
if (comparison === null) throw new Error("the example has no comparison");

function drawn(drawing: FigureDrawing): SVGElement {
  const container = document.createElement("div");
  const root = createRoot(container);
  document.body.append(container);
  for (let pass = 0; pass < 2; pass += 1) {
    flushSync(() => root.render(<FigureOf drawing={drawing} width={960} height={figureHeight(drawing)} />));
  }
  const svg = container.querySelector("svg");
  if (svg === null) throw new Error("no SVG drawn");
  return svg;
}

const textsOf = (svg: SVGElement): string[] =>
  [...svg.querySelectorAll("text")].map((text) => text.textContent ?? "");
const attribute = (element: Element | null, name: string): number => Number(element?.getAttribute(name));

describe("names by category", () => {
  const svg = drawn({ figure: "categories", data: v1, role: "candidate" });
  const bars = [...svg.querySelectorAll(".recharts-bar-rectangle path")];

  test("shows count and share of all six categories, including zeros, and the total", () => {
    const texts = textsOf(svg);
    for (const { label, count, share } of v1.categories.bars) {
      expect(texts).toContain(label);
      expect(texts).toContain(`${count} · ${formatShare(share)}`);
    }
    expect(texts.join(" ")).toContain(`${v1.categories.names} names`);
    expect(texts.join(" ")).toContain("rule score (a baseline)");
  });

  test("draws bars from zero in proportion to their counts", () => {
    const counts = v1.categories.bars.map(({ count }) => count).filter((count) => count > 0);
    expect(bars.length).toBe(counts.length);
    const ratios = bars.map((bar, index) => attribute(bar, "width") / (counts[index] ?? 0));
    for (const ratio of ratios) expect(ratio).toBeCloseTo(ratios[0] ?? 0, 6);
    expect(new Set(bars.map((bar) => attribute(bar, "x"))).size).toBe(1);
  });

  test("draws a baseline in the baseline's color", () => {
    const gray = drawn({ figure: "categories", data: v1, role: "baseline" });
    expect(gray.querySelector(".recharts-bar-rectangle path")?.getAttribute("fill")).toBe(color.baseline);
    expect(bars[0]?.getAttribute("fill")).toBe(color.candidate);
  });

  test("hatches and counts unscored rows, and draws no hatch without any", () => {
    expect(svg.querySelectorAll(".hatched")).toHaveLength(0);
    const some = drawn({ figure: "categories", data: v2, role: "candidate" });
    expect(some.querySelectorAll(".hatched")).toHaveLength(1);
    expect(textsOf(some).join(" ")).toContain("9 rows unscored");
  });

  test("shows a hatch and a reason instead of six zeros if nothing is scored", () => {
    const rows = { name: "everyday", label: "safe", rows: 20, blocked: 0 } as const;
    const plan = { version: "v1", slices: [rows], unscored: 20 };
    const [none] = exampleModel(plan, plan).versions as [VersionReport];
    const hatched = drawn({ figure: "categories", data: none, role: "candidate" });
    expect(textsOf(hatched).join(" ")).toContain("– no names scored: 20 rows unscored");
    expect(textsOf(hatched).filter((text) => /^\d+ · .*%$/.test(text))).toEqual([]);
    expect(hatched.querySelectorAll(".hatched")).toHaveLength(1);
  });
});

describe("safety", () => {
  const svg = drawn({ figure: "safety", data: v2 });
  const texts = textsOf(svg);

  test("shows the four cells with count, share, and their hues", () => {
    for (const { category, count, share, label } of v2.safety.cells) {
      const cell = svg.querySelector(`[data-cell="${category}"]`);
      expect(cell?.textContent).toContain(String(count));
      expect(cell?.textContent).toContain(formatShare(share));
      expect(cell?.textContent).toContain(label);
      const bar = svg.querySelector(`[data-bar="${category}"]`);
      expect(bar?.getAttribute("fill")).toBe(cellColor[category]);
    }
  });

  test("draws the bars of all cells on one scale from zero", () => {
    const lengths = v2.safety.cells.map(({ category, share }) => [
      attribute(svg.querySelector(`[data-bar="${category}"]`), "width"),
      share ?? 0,
    ]);
    const unit = (lengths[0]?.[0] ?? 0) / (lengths[0]?.[1] ?? 1);
    for (const [width = 0, share = 0] of lengths) expect(width).toBeCloseTo(share * unit, 6);
  });

  test("draws every rate with its interval at its position on the axis", () => {
    for (const { id, figure } of v2.safety.rates) {
      expect(texts).toContain(formatNumber(figure.value));
      expect(texts).toContain(formatInterval(figure.ci95));
      const point = svg.querySelector(`[data-mark="${id}"]`);
      const line = [...svg.querySelectorAll(".recharts-errorBar line")].find((one) =>
        ["y1", "y2"].every((end) => attribute(one, end) === attribute(point, "cy")),
      );
      const [low, high] = figure.ci95 ?? [0, 0];
      const length = attribute(line ?? null, "x2") - attribute(line ?? null, "x1");
      const part = (attribute(point, "cx") - attribute(line ?? null, "x1")) / length;
      expect(part).toBeCloseTo(((figure.value ?? 0) - low) / (high - low), 4);
    }
  });

  test("notes and counts rows without a label or score", () => {
    expect(svg.querySelectorAll(".hatched")).toHaveLength(2);
    expect(texts.join(" ")).toContain("4 rows without a label");
    expect(texts.join(" ")).toContain("9 rows unscored");
  });

  test("shows a dash and the reason instead of a mark for an undefined rate", () => {
    const rows = { name: "everyday", label: "safe", rows: 20, blocked: 0 } as const;
    const [safe] = exampleModel({ version: "v1", slices: [rows] }, { version: "v2", slices: [rows] })
      .versions as [VersionReport];
    const undefinedRates = drawn({ figure: "safety", data: safe });
    expect(undefinedRates.querySelector('[data-mark="block-recall"]')).toBeNull();
    expect(textsOf(undefinedRates)).toContain("– no harmful rows");
    expect(undefinedRates.querySelector('[data-mark="accuracy"]')).not.toBeNull();
  });
});

describe("differences", () => {
  const svg = drawn({ figure: "differences", data: model });

  test("shows both values, change, interval, and p of each headline metric", () => {
    const texts = textsOf(svg);
    expect(headlineOf(comparison).length).toBeGreaterThanOrEqual(5);
    for (const { baseline, candidate, change, ci95 } of headlineOf(comparison)) {
      expect(texts).toContain(formatNumber(baseline));
      expect(texts).toContain(formatNumber(candidate));
      expect(texts).toContain(formatSigned(change));
      if (ci95 !== null) expect(texts).toContain(formatSignedInterval(ci95));
    }
    expect(texts.join(" ")).toContain(`${comparison.n} matched held-out rows`);
  });

  test("labels a better change in green, and draws one that covers zero in gray without a label", () => {
    const fill = (id: string) => svg.querySelector(`[data-mark="${id}"]`)?.getAttribute("fill");
    expect(fill("missed-harmful-rate")).toBe(color.better);
    expect(fill("false-refusal-rate")).toBe(color.open);
    expect(textsOf(svg).filter((text) => text === "↑ better")).toHaveLength(2);
    expect(textsOf(svg)).not.toContain("↓ worse");
  });

  test("marks worse changes vermilion", () => {
    const back = exampleModel({ ...exampleCandidate, version: "v1" }, { ...exampleBaseline, version: "v2" });
    const worse = drawn({ figure: "differences", data: back });
    const circle = worse.querySelector('[data-mark="missed-harmful-rate"]');
    expect(circle?.getAttribute("fill")).toBe(color.worse);
    expect(textsOf(worse)).toContain("↓ worse");
  });

  test("uses a symmetric axis that contains every interval", () => {
    const most = Math.max(...headlineOf(comparison).flatMap(({ ci95 }) => (ci95 ?? []).map(Math.abs)));
    expect(reachOf(headlineOf(comparison))).toBeGreaterThanOrEqual(most);
    expect(reachOf([])).toBe(0.05);
  });

  test("throws without a comparison", () => {
    expect(() => figureHeight({ figure: "differences", data: { ...model, comparison: null } })).toThrow(
      /needs a comparison/,
    );
  });
});

describe("slices", () => {
  const hostile = '</text><script>alert("1")</script> & a name that goes on and on and on';
  const renamed = (plan: typeof exampleBaseline) => ({
    ...plan,
    slices: plan.slices.map((slice, index) => (index === 0 ? { ...slice, name: hostile } : slice)),
  });
  const svg = drawn({
    figure: "slices",
    data: exampleModel(renamed(exampleBaseline), renamed(exampleCandidate)),
  });

  test("shows both shares of every slice in the versions' colors", () => {
    const plain = drawn({ figure: "slices", data: model });
    for (const [row, { slice, n, baseline, candidate, difference }] of comparison.slices.entries()) {
      expect(textsOf(plain)).toEqual(
        expect.arrayContaining([
          slice,
          String(n),
          formatNumber(baseline.value),
          formatNumber(candidate.value),
          formatSigned(difference.value),
        ]),
      );
      expect(plain.querySelector(`[data-mark="slice-${row}/baseline"]`)?.getAttribute("fill")).toBe(
        color.baseline,
      );
      expect(plain.querySelector(`[data-mark="slice-${row}/candidate"]`)?.getAttribute("fill")).toBe(
        color.candidate,
      );
    }
  });

  test("shows hostile and long names as text, truncated to their column and complete on hover", () => {
    expect(svg.querySelector("script")).toBeNull();
    expect([...svg.querySelectorAll("title")].map((title) => title.textContent)).toContain(hostile);
    expect(svg.outerHTML).not.toContain("<script>");
  });
});
