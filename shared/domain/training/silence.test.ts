import { expect, it } from "vitest";
import { LearningSilence } from "./silence.ts";

const minute = 60_000;
const step = { kind: "step" };

it("allows long imports, a longer first step, and after it ten times the longest", () => {
  const silence = new LearningSilence();
  expect(silence.limitMs).toBe(30 * minute);
  silence.hear({ kind: "stage" }, 25 * minute);
  expect(silence.limitMs).toBe(30 * minute);
  silence.hear({ kind: "begin" }, 1000);
  expect(silence.limitMs).toBe(120 * minute);
  silence.hear(step, 1000);
  expect(silence.limitMs).toBe(30 * minute);
  silence.hear(step, 12 * minute);
  expect(silence.limitMs).toBe(120 * minute);
  // A quick one after it takes nothing back: the next evaluation is as slow as the last.
  silence.hear(step, 1000);
  expect(silence.limitMs).toBe(120 * minute);
});

it("ignores lines that aren't events", () => {
  const silence = new LearningSilence();
  silence.hear({ kind: "begin" }, 1000);
  silence.hear(null, 10);
  expect(silence.limitMs).toBe(120 * minute);
});
