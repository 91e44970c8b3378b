import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { patientTimeout } from "./patientTimeout.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The clock jumps, as it does for a process that was asleep; nothing was due on the way. */
function sleep(ms: number): void {
  const now = performance.now() + ms;
  vi.spyOn(performance, "now").mockReturnValue(now);
}

it("patientTimeout expires once and on time, and not after a cancel", () => {
  const expired: string[] = [];
  patientTimeout(1000, () => expired.push("kept"));
  const back = patientTimeout(1000, () => expired.push("taken back"));
  back();
  vi.advanceTimersByTime(999);
  expect(expired).toEqual([]);
  vi.advanceTimersByTime(10_000);
  expect(expired).toEqual(["kept"]);
});

it("patientTimeout waits a moment after a suspension, and can be cancelled during it", () => {
  const expired: string[] = [];
  patientTimeout(1000, () => expired.push("kept"));
  const back = patientTimeout(1000, () => expired.push("answered"));
  sleep(60_000);
  vi.advanceTimersByTime(1000);
  expect(expired).toEqual([]);
  back();
  vi.advanceTimersByTime(2000);
  expect(expired).toEqual(["kept"]);
  vi.restoreAllMocks();
});
