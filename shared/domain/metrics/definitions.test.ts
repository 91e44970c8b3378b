import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ComparisonSettingsSchema } from "../../schema/comparison.ts";
import { definitions } from "./definitions.ts";
import { metricDefinitions } from "./figures.ts";
import { place, vectorWidth } from "./vector.ts";

const { costs } = ComparisonSettingsSchema.parse({});
const metrics = metricDefinitions(costs, "quality");

test("every figure has a definition, and every definition a figure", () => {
  expect(Object.keys(definitions).sort()).toEqual(metrics.map(({ id }) => id).sort());
});

/** The value of a formula in TP, FP, FN and TN, computed as a reader would; null: a denominator is zero. */
function read(formula: string, counts: Readonly<Record<string, number>>): number | null {
  const text = formula
    .replaceAll("−", "-")
    .replaceAll("·", "*")
    .replaceAll(")(", ")*(")
    .replaceAll("√", "Math.sqrt")
    .replaceAll(/\b(TP|FP|FN|TN)\b/g, (name) => String(counts[name]));
  if (!/^[\d\s()+\-*/.]|Math\.sqrt$/.test(text)) throw new Error(`not a formula: ${formula}`);
  const value: unknown = new Function(`return ${text};`)();
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

describe("formulas in matrix counts give the computed values", () => {
  const written = metrics.filter(({ id }) => /^[\d·TFPN\s()+−√/]+$/.test(definitions[id].formula));

  test("most of them are", () => expect(written.length).toBeGreaterThanOrEqual(12));

  test.each(written.map((metric) => [metric.id, metric] as const))("%s", (id, metric) => {
    const { formula, positiveClass } = definitions[id];
    const count = fc.nat({ max: 40 });
    fc.assert(
      fc.property(count, count, count, count, (tp, fp, fn, tn) => {
        const totals = new Float64Array(vectorWidth);
        totals[place.truePositive] = tp;
        totals[place.falsePositive] = fp;
        totals[place.falseNegative] = fn;
        totals[place.trueNegative] = tn;
        // Seen from the other class, the true are the other true and the false the other false.
        const counts =
          positiveClass === "allow" ? { TP: tn, FP: fn, FN: fp, TN: tp } : { TP: tp, FP: fp, FN: fn, TN: tn };
        const computed = metric.of(totals);
        const expected = read(formula, counts);
        if (expected === null) expect(computed).toBeNull();
        else expect(computed).toBeCloseTo(expected, 12);
      }),
    );
  });
});
