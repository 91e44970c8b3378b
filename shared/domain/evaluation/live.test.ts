import { expect, test } from "vitest";
import { LiveEvaluation } from "./live.ts";

const five = "river-bakery\nmy-bread\novenhub\nthebread\nbread-oven";
const tests = [
  { row: 1, description: "a bakery", label: "safe", slice: null, split: "dev" },
  { row: 2, description: "a scheme", label: "harmful", slice: "phishing", split: "dev" },
  { row: 3, description: "a secret", label: "safe", slice: null, split: "heldout" },
] as const;
const verdict = {
  kind: "scored" as const,
  cached: false,
  scores: five
    .split("\n")
    .map((name, index) => ({ index, name, category: "ok" as const, score: 0.5, likert: null })),
};

test("shows rows as they are generated and judged, and only counts held-out rows", () => {
  const live = new LiveEvaluation(tests, 1);
  live.generated(1, 0, five, 12);
  live.generated(2, 0, "", 3);
  live.generated(3, 0, five, 4);
  expect(live.take(500)).toMatchObject({
    rows: [
      { row: 1, state: "waiting", outcome: "answered" },
      { row: 2, state: "not-asked", outcome: "refused" },
    ],
    generated: 3,
    settled: 1,
    heldout: 0,
    total: 3,
  });
  live.judged(1, 0, verdict);
  live.judged(3, 0, { kind: "unscored", reason: "timeout", detail: "slow" });
  const then = live.take(500);
  expect(then.rows).toMatchObject([{ row: 1, state: "scored", score: 0.5 }]);
  expect(then).toMatchObject({ settled: 3, unscored: 1, heldout: 1 });
  expect(JSON.stringify(then)).not.toContain("a secret");
});

test("keeps a repeated row judged, and clears unscored when a row is judged later", () => {
  const live = new LiveEvaluation(tests, 1);
  live.generated(1, 0, five, 12);
  live.judged(1, 0, { kind: "unscored", reason: "timeout", detail: "slow" });
  live.generated(1, 0, five, 12);
  expect(live.take(500)).toMatchObject({ rows: [{ state: "unscored" }], unscored: 1, generated: 1 });
  live.judged(1, 0, verdict);
  expect(live.take(500)).toMatchObject({ rows: [{ state: "scored" }], unscored: 0, settled: 1 });
});

test("returns changes in batches, and none twice to the same reader", () => {
  const live = new LiveEvaluation(tests, 1);
  live.generated(1, 0, five, 12);
  live.generated(2, 0, "", 3);
  expect(live.take(1).rows.map(({ row }) => row)).toEqual([1]);
  expect(live.changes).toBe(1);
  live.seen();
  expect(live.take(500).rows).toEqual([]);
});
