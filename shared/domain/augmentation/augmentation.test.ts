import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AugmentationPlanSchema } from "../../schema/augmentation.ts";
import type { Label } from "../../schema/dataset.ts";
import { mulberry32 } from "../random.ts";
import { drawFromPool } from "./draw.ts";
import { defaultRows, planAugmentation } from "./plan.ts";
import { type PoolRow, readPool } from "./pool.ts";
import { createPoolSearch } from "./poolSearch.ts";
import { proportioned } from "./shares.ts";
import { describeShortfall } from "./shortfall.ts";
import type { SliceWeakness } from "./weakness.ts";
import type { WeakRow } from "./weakRow.ts";

const topics = ["phishing", "stalking", "drugs", "fraud", "weapons"];
const takeAll = { accept: () => null, usedNames: [] };
const known = new Set(["phishing", "stalking", "everyday", "numbers", "double-meaning"]);
const options = { rows: defaultRows, isWritable: ({ slice }: SliceWeakness) => known.has(slice) };

/** A slice with `failures` rows that failed by a wrong decision. */
function slice(name: string, label: Label, n: number, failures: number): SliceWeakness {
  const reason = label === "harmful" ? "missed-harmful" : "false-refusal";
  const weak = Array.from({ length: failures }, (_, at) => ({
    row: at + 1,
    description: `${name} ${at + 1}`,
    reason,
  })) satisfies WeakRow[];
  return { slice: name, label, n, weak };
}

const afterFirstVersion: readonly SliceWeakness[] = [
  slice("phishing", "harmful", 7, 7),
  slice("stalking", "harmful", 7, 4),
  slice("drugs", "harmful", 4, 0),
  slice("everyday", "safe", 24, 0),
  slice("numbers", "safe", 8, 2),
  slice("double-meaning", "safe", 16, 3),
  slice("poetry", "safe", 5, 5),
];

function rowsIn(steps: readonly { readonly count: number }[]): number {
  return steps.reduce((sum, { count }) => sum + count, 0);
}

describe("a plan", () => {
  const plan = planAugmentation(afterFirstVersion, options);

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

  test("lists the slice without writable rows", () => {
    expect(plan.notWritable).toEqual([{ slice: "poetry", failures: 5, n: 5 }]);
  });

  test("is empty where nothing failed", () => {
    expect(planAugmentation([slice("everyday", "safe", 9, 0)], options)).toEqual({
      groups: [],
      steps: [],
      notWritable: [],
    });
  });

  test("writes about a group's words, and about no topic for rows without words", () => {
    const grouped = (name: string, words: string[]): SliceWeakness => ({
      ...slice(name, "harmful", 9, 3),
      group: { words, topic: words.join(", ") || null },
    });
    const { steps } = planAugmentation(
      [grouped("fake, invoice", ["fake", "invoice", "tax"]), grouped("without a slice", [])],
      { rows: 40, isWritable: () => true },
    );
    expect(rowsIn(steps)).toBe(40);
    const refusals = steps.filter(({ kind }) => kind === "refusal");
    expect(refusals.map(({ topic, words }) => [topic, words])).toEqual([
      ["fake, invoice, tax", ["fake", "invoice", "tax"]],
      [null, []],
    ]);
  });

  test("shows each group with its reasons, planned rows and first weak rows", () => {
    expect(plan.groups[0]).toEqual({
      slice: "phishing",
      label: "harmful",
      reasons: [{ reason: "missed-harmful", failures: 7 }],
      rows: 43,
      examples: [1, 2, 3].map((row) => ({ row, description: `phishing ${row}` })),
    });
    const upkeep = Math.floor(defaultRows / 5);
    expect(plan.groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(defaultRows - upkeep);
  });

  test("always adds up to the rows asked for", () => {
    const slices = fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...topics), fc.integer({ min: 5, max: 30 }), fc.integer({ min: 1, max: 5 }))
        .map(([name, n, failures]) => slice(name, "harmful", n, failures)),
      { minLength: 1, selector: (weakness) => weakness.slice },
    );
    fc.assert(
      fc.property(slices, fc.integer({ min: 1, max: 300 }), (weak, rows) => {
        expect(rowsIn(planAugmentation(weak, { rows, isWritable: () => true }).steps)).toBe(rows);
      }),
    );
  });
});

describe("a pool", () => {
  const read = (text: string) => readPool(new TextEncoder().encode(text), "row_pool.csv");

  test("is read with its slices and topics, and without a topic column", () => {
    expect(
      read("description,suggestions,slice,topic\nA bank's own phishing drill,[],double-meaning,phishing\n"),
    ).toEqual([
      {
        row: 1,
        description: "A bank's own phishing drill",
        suggestions: [],
        slice: "double-meaning",
        topic: "phishing",
      },
    ]);
    expect(read("description,suggestions,slice\nA bakery,[],everyday\n")[0]?.topic).toBeNull();
  });

  test("is refused without a slice column or with an empty slice", () => {
    expect(() => read("description,suggestions\nA bakery,[]\n")).toThrow("no column “slice”");
    expect(() => read("description,suggestions,slice\nA,[],x\nA bakery,[],\n")).toThrow(
      expect.objectContaining({
        code: "bad-value",
        place: expect.objectContaining({ row: 2, column: "slice" }),
      }),
    );
  });

  test("covers a slice whose rows have the right answer", () => {
    const { covers } = createPoolSearch([poolRow(1, "phishing", []), poolRow(2, "numbers", ["a-1"])]);
    expect(covers(slice("phishing", "harmful", 1, 1))).toBe(true);
    expect(covers(slice("phishing", "safe", 1, 1))).toBe(false);
    expect(covers(slice("drugs", "harmful", 1, 1))).toBe(false);
  });
});

function poolRow(row: number, slice: string, suggestions: string[], topic: string | null = null): PoolRow {
  return { row, description: `${slice} ${topic} ${row}`, suggestions, slice, topic };
}

/** `count` rows of a slice from row `first` on, each with a name of its own. */
function poolRows(first: number, count: number, slice: string, topic: string | null = null): PoolRow[] {
  return Array.from({ length: count }, (_, at) => poolRow(first + at, slice, [`name-${first + at}`], topic));
}

describe("drawing from a pool", () => {
  const refusals = Array.from({ length: 60 }, (_, at) => poolRow(1 + at, "phishing", []));
  const pool = [
    ...refusals,
    ...poolRows(101, 60, "everyday"),
    ...poolRows(201, 40, "double-meaning", "phishing"),
    ...poolRows(301, 40, "double-meaning", "stalking"),
    ...poolRows(401, 40, "numbers"),
  ];
  const weak = [
    slice("phishing", "harmful", 7, 7),
    slice("numbers", "safe", 8, 2),
    slice("everyday", "safe", 24, 0),
  ];
  const plan = planAugmentation(weak, { rows: 80, isWritable: createPoolSearch(pool).covers });
  const { added, rejected, missing } = drawFromPool(plan, createPoolSearch(pool), mulberry32(1), takeAll);
  const rowsOf = (step: { source: string }) => Number(step.source.split(" ").at(-1));

  test("takes each step's rows from its own slice, each row once", () => {
    expect(missing).toEqual([]);
    expect(rejected).toEqual([]);
    expect(added).toHaveLength(80);
    expect(new Set(added.map(rowsOf)).size).toBe(80);
    const numbers = added.filter(({ slice }) => slice === "numbers").map(rowsOf);
    expect(numbers.every((row) => row > 400)).toBe(true);
    expect(added[0]).toMatchObject({ slice: "phishing", row: { suggestions: [] } });
  });

  test("adds safe rows in the words of the weak topic and of no other", () => {
    const neighbours = added.filter(({ row }) => row.description.startsWith("double-meaning"));
    expect(neighbours.length).toBeGreaterThan(10);
    expect(
      neighbours.every(({ row, slice }) => slice === "phishing" && row.description.includes("phishing")),
    ).toBe(true);
  });

  test("repeats itself for the same seed and differs for another", () => {
    expect(drawFromPool(plan, createPoolSearch(pool), mulberry32(1), takeAll).added).toEqual(added);
    expect(drawFromPool(plan, createPoolSearch(pool), mulberry32(2), takeAll).added).not.toEqual(added);
  });

  test("replaces rejected rows and lists them with the reason", () => {
    const careful = drawFromPool(plan, createPoolSearch(pool), mulberry32(1), {
      accept: ({ description }) => (description.endsWith("7") ? "leaks" : null),
      usedNames: ["name-401"],
    });
    expect(careful.added).toHaveLength(80);
    expect(careful.added.some(({ row }) => row.description.endsWith("7"))).toBe(false);
    const reasons = new Set(careful.rejected.map(({ reason }) => reason));
    expect(
      [...reasons].every((reason) => ["leaks", "repeats a name from another row"].includes(reason)),
    ).toBe(true);
    expect(reasons).toContain("leaks");
    expect(careful.added.some(({ row }) => row.suggestions.includes("name-401"))).toBe(false);
  });

  test("rejects a second row with the same name", () => {
    const twins = [poolRow(1, "numbers", ["same"]), poolRow(2, "numbers", ["same"])];
    const only = planAugmentation([slice("numbers", "safe", 2, 2)], {
      rows: 2,
      isWritable: () => true,
    });
    expect(drawFromPool(only, createPoolSearch(twins), mulberry32(1), takeAll)).toMatchObject({
      added: [{}],
      rejected: [{ reason: "repeats a name from another row" }],
      missing: [{ slice: "numbers", kind: "safe", rows: 1, reasons: [] }],
    });
  });

  test("counts the rows that a slice is short of", () => {
    const few = pool.filter(({ slice, row }) => slice !== "phishing" || row <= 5);
    const short = drawFromPool(plan, createPoolSearch(few), mulberry32(1), takeAll);
    const planned = plan.steps.find(({ kind }) => kind === "refusal")?.count ?? 0;
    expect(short.missing).toEqual([{ slice: "phishing", kind: "refusal", rows: planned - 5, reasons: [] }]);
    expect(short.added).toHaveLength(80 - (planned - 5));
  });
});

test("proportions add up and follow their weights", () => {
  expect(proportioned(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(proportioned(7, [0, 0])).toEqual([0, 0]);
  expect(proportioned(20, [0.5, 0.35, 0.15])).toEqual([10, 7, 3]);
});

describe("describeShortfall", () => {
  test("names the slice, safe neighbors of a harmful one, and the cell", () => {
    expect(describeShortfall({ slice: "phishing", kind: "refusal" })).toBe("phishing");
    expect(describeShortfall({ slice: "phishing", kind: "neighbour" })).toBe("phishing (safe neighbors)");
    expect(describeShortfall({ slice: "double-meaning", kind: "neighbour" })).toBe("double-meaning");
    expect(describeShortfall({ slice: "everyday", kind: "safe", cell: "bakery · London" })).toBe(
      "everyday: bakery · London",
    );
  });
});
