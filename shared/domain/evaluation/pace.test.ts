import { expect, test } from "vitest";
import type { JournalEntry, RunEvent } from "../../schema/run.ts";
import { paceOf } from "./pace.ts";

const start = Date.parse("2026-01-02T03:04:05Z");
let seq = 0;
const at = (second: number, event: RunEvent): JournalEntry => {
  seq += 1;
  return { seq, at: new Date(start + second * 1000).toISOString(), event };
};
const begun = (second: number) => at(second, { kind: "status", status: "queued" });
const paused = (second: number) => at(second, { kind: "status", status: "paused" });
const generated = (second: number, row: number) =>
  at(second, { kind: "row", key: `generated:${row}.0`, data: {} });
const spent = (second: number, calls: number) =>
  at(second, {
    kind: "row",
    key: "spending",
    data: { calls, cacheHits: 0, inputTokens: 900 * calls, outputTokens: 200 * calls, cost: null },
  });

test("measures an attempt from its first row to its last, without time between attempts", () => {
  const first = Array.from({ length: 11 }, (_, row) => generated(10 + row / 2, row));
  const second = Array.from({ length: 11 }, (_, row) => generated(5000 + row / 2, 20 + row));
  const third = Array.from({ length: 11 }, (_, row) => generated(9000 + row / 2, 40 + row));
  const pace = paceOf([begun(0), ...first, begun(4990), ...second, paused(6000), ...third]);
  expect(pace.generatedPerSecond).toBeCloseTo(2);
  expect(pace.judgedPerSecond).toBeNull();
});

test("takes the tokens of a call from the last event of each attempt", () => {
  const pace = paceOf([begun(0), spent(1, 5), paused(1), spent(2, 8), begun(3), spent(4, 12)]);
  expect(pace.perCall).toEqual({ input: 900, output: 200 });
});

test("reports no pace for a handful of rows or calls", () => {
  const pace = paceOf([begun(0), generated(0, 1), generated(1, 2), spent(2, 3)]);
  expect(pace).toEqual({ generatedPerSecond: null, judgedPerSecond: null, perCall: null });
});
