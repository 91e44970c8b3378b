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

export const systemClock: Clock = {
  wallTime: () => Date.now(),
  monotonic: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};
