import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AugmentationPlanSchema } from "../../schema/augmentation.ts";
import { lintNames } from "../naming/names.ts";
import { mulberry32 } from "../random.ts";
import { topics } from "../rowGenerator/row.ts";
import { fillPlan } from "./fill.ts";
import { defaultRows, planAugmentation, type SliceWeakness } from "./plan.ts";
import { proportioned } from "./shares.ts";

const takeAll = { accept: () => null };

const afterFirstVersion: readonly SliceWeakness[] = [
  { slice: "phishing", label: "harmful", n: 7, failures: 7 },
  { slice: "stalking", label: "harmful", n: 7, failures: 4 },
  { slice: "drugs", label: "harmful", n: 4, failures: 0 },
  { slice: "everyday", label: "safe", n: 24, failures: 0 },
  { slice: "numbers", label: "safe", n: 8, failures: 2 },
  { slice: "double-meaning", label: "safe", n: 16, failures: 3 },
  { slice: "poetry", label: "safe", n: 5, failures: 5 },
];

function rowsIn(steps: readonly { readonly count: number }[]): number {
  return steps.reduce((sum, { count }) => sum + count, 0);
}

describe("a plan", () => {
  const plan = planAugmentation(afterFirstVersion);

  test("has the requested number of rows and passes its schema", () => {
    expect(rowsIn(plan.steps)).toBe(defaultRows);
    expect(AugmentationPlanSchema.parse(plan)).toEqual(plan);
  });

  test("starts with the weakest slice and skips harmful slices without failures", () => {
    expect(plan.steps[0]).toMatchObject({ slice: "phishing", kind: "refusal", topic: "phishing" });
    expect(plan.steps.some(({ slice }) => slice === "drugs")).toBe(false);
  });

  test("puts safe rows in a topic's words beside its refusals, and more of all for a weaker slice", () => {
    const count = (slice: string, kind: string) =>
      rowsIn(plan.steps.filter((step) => step.slice === slice && step.kind === kind));
    expect(count("phishing", "neighbour")).toBeGreaterThan(5);
    expect(count("phishing", "refusal")).toBeGreaterThan(count("stalking", "refusal"));
    expect(rowsIn(plan.steps.filter(({ kind }) => kind === "refusal"))).toBeLessThan(defaultRows / 2);
  });

  test("keeps every safe slice in practice", () => {
    expect(plan.steps.filter(({ slice }) => slice === "everyday")).not.toEqual([]);
    expect(plan.steps.find(({ slice }) => slice === "numbers")).toMatchObject({ constraint: "numbers" });
  });

  test("lists the slice that only an LLM can write for", () => {
    expect(plan.notWritable).toEqual([{ slice: "poetry", failures: 5, n: 5 }]);
  });

  test("is empty where nothing failed", () => {
    expect(planAugmentation([{ slice: "everyday", label: "safe", n: 9, failures: 0 }])).toEqual({
      steps: [],
      notWritable: [],
    });
  });

  test("never takes the name of rows without a slice for a topic", () => {
    const unnamed = { slice: "without a slice", n: 9, failures: 3 };
    const { steps } = planAugmentation(
      [
        { ...unnamed, label: "harmful", topic: "fake, invoices" },
        { ...unnamed, label: "safe" },
      ],
      { rows: 40, writer: "llm" },
    );
    expect(rowsIn(steps)).toBe(40);
    expect(new Set(steps.map(({ topic }) => topic))).toEqual(new Set(["fake, invoices", null]));
  });

  test("always adds up to the rows asked for", () => {
    const slices = fc.uniqueArray(
      fc.record({
        slice: fc.constantFrom(...topics),
        label: fc.constant("harmful" as const),
        n: fc.integer({ min: 5, max: 30 }),
        failures: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, selector: ({ slice }) => slice },
    );
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 300 }), (weak, rows) => {
        expect(rowsIn(planAugmentation(weak, { rows }).steps)).toBe(rows);
      }),
    );
  });
});

describe("filling a plan", () => {
  const plan = planAugmentation(afterFirstVersion);
  const { added, rejected, missing } = fillPlan(plan, mulberry32(1), takeAll);

  test("writes as many valid rows as planned, no two the same", () => {
    expect(missing).toEqual([]);
    expect(added).toHaveLength(defaultRows);
    expect(new Set(added.map(({ row }) => row.description)).size).toBe(defaultRows);
    expect(
      added.flatMap(({ row }) => (row.suggestions.length === 0 ? [] : lintNames(row.suggestions))),
    ).toEqual([]);
  });

  test("rejects rows that repeat a name, with the reason", () => {
    const names = added.flatMap(({ row }) => row.suggestions);
    expect(new Set(names).size).toBe(names.length);
    expect(rejected.every(({ reason }) => reason === "repeats a name from another new row")).toBe(true);
  });

  test("repeats itself for the same seed", () => {
    expect(fillPlan(plan, mulberry32(1), takeAll).added).toEqual(added);
    expect(fillPlan(plan, mulberry32(2), takeAll).added).not.toEqual(added);
  });

  test("rewrites rejected rows and lists them with the reason", () => {
    const leaking = (text: string) => text.includes("mail");
    const careful = fillPlan(plan, mulberry32(1), {
      accept: ({ description }) => (leaking(description) ? "leaks" : null),
    });
    expect(careful.added).toHaveLength(defaultRows);
    expect(careful.added.filter(({ row }) => leaking(row.description))).toEqual([]);
    expect(careful.rejected.filter(({ reason }) => reason === "leaks").length).toBeGreaterThan(0);
  });

  test("stops after a number of tries and reports missing rows", () => {
    const none = fillPlan(plan, mulberry32(1), { accept: () => "no" });
    expect(none.added).toEqual([]);
    expect(rowsIn(none.missing)).toBe(defaultRows);
  });
});

test("proportions add up and follow their weights", () => {
  expect(proportioned(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(proportioned(7, [0, 0])).toEqual([0, 0]);
  expect(proportioned(20, [0.5, 0.35, 0.15])).toEqual([10, 7, 3]);
});
