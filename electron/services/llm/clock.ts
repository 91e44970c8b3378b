import { setTimeout as sleep } from "node:timers/promises";

/** A clock that tests can replace. */
export interface Clock {
  /** Milliseconds since 1970, for comparison with external dates. */
  wallTime(): number;
  /** Milliseconds of a monotonic clock. */
  monotonic(): number;
  /** Waits. Rejects at once on abort. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** The maximum of Node's timers, 2^31 − 1 ms (about 25 days). A longer one would fire at once. */
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
