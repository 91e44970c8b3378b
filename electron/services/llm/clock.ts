import { setTimeout as sleep } from "node:timers/promises";

/** Time, so that a test can hold it. */
export interface Clock {
  /** Milliseconds since 1970, for dates that others wrote. */
  wallTime(): number;
  /** Milliseconds that only go forward, whatever is done to the wall clock. */
  monotonic(): number;
  /** Waits; rejects at once where the signal is or gets aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A timer of Node's holds at most 2^31 − 1 ms, about 25 days; a longer one would end at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallTime: () => Date.now(),
  monotonic: () => performance.now(),
  async wait(ms, signal) {
    for (let left = ms; ; left -= longestTimerMs) {
      await sleep(Math.max(0, Math.min(left, longestTimerMs)), undefined, { signal });
      if (left <= longestTimerMs) return;
    }
  },
};
