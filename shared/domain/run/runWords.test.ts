import { expect, it } from "vitest";
import { elapsedSeconds } from "./elapsed.ts";
import { eventWords } from "./eventWords.ts";
import { progressWords } from "./progressWords.ts";

it("describes an entry of each kind in one line", () => {
  const lines = [
    eventWords({ kind: "status", status: "queued", reason: "the accelerator is held by train v1" }),
    eventWords({ kind: "stage", stage: "generate", detail: "v2" }),
    eventWords({ kind: "progress", done: 3, total: 9, unit: "rows", etaSeconds: null }),
    eventWords({ kind: "row", key: "7", data: {} }),
    eventWords({ kind: "row", key: "judged:7.0", data: {} }),
    eventWords({ kind: "row", key: "generated:7.2", data: {} }),
    eventWords({ kind: "trainer", event: { kind: "step", step: 3, maxSteps: 40, loss: 1.23456 } }),
    eventWords({ kind: "trainer", event: { kind: "step", step: 3, maxSteps: 40 } }),
    eventWords({ kind: "trainer", event: { kind: "early-stop" } }),
    eventWords({ kind: "stage", stage: "a later version's" }),
  ];
  expect(lines).toEqual([
    "queued: the accelerator is held by train v1",
    "generating (v2)",
    "3 of 9 rows",
    "row 7",
    "row 7 judged",
    "row 7 generated, sample 3",
    "step 3 of 40, loss 1.235",
    "step 3 of 40, loss –",
    "early stop",
    "a later version's",
  ]);
});

it("measures a run from its start to its end, or until now", () => {
  const run = { createdAt: "2026-11-26T10:00:00.000Z", endedAt: "2026-11-26T10:01:05.000Z" };
  expect(elapsedSeconds(run, 0)).toBe(65);
  expect(elapsedSeconds({ ...run, endedAt: null }, Date.parse("2026-11-26T10:00:10.000Z"))).toBe(10);
});

it("describes progress, with bytes as sizes", () => {
  expect(progressWords({ done: 3, total: 9, unit: "rows" })).toBe("3 of 9 rows");
  expect(progressWords({ done: 1_912_000_000, total: 14_500_000_000, unit: "bytes" })).toBe(
    "1.9 GB of 14.5 GB",
  );
});
