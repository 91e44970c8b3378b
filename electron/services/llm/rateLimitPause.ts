import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import type { Clock } from "./clock.ts";
import type { RateLimitPause } from "./rateLimits.ts";
import type { RequestScheduler } from "./requestScheduler.ts";

/** The shortest wait that is reported to the user, in milliseconds. */
const reportedFromMs = 5_000;
/** An extended wait is reported again only if it grew by this much, in milliseconds. */
const reportAgainMs = 5_000;

/** Formats a time as `14:05` for today or `2026-11-24 14:05` for another day, in local time. */
export function clockTime(at: number, now: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const then = new Date(at);
  // Rounded up to the minute, so that nothing happens before the displayed time.
  then.setSeconds(then.getSeconds() + 59);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  return dayOf(then) === dayOf(new Date(now)) ? time : `${dayOf(then)} ${time}`;
}

const limitNames = {
  requests: "its request limit",
  tokens: "its token limit",
  rate: "its rate limit",
};

/**
 * Returns a function that pauses all calls for as long as an endpoint requires, and reports the pause. The function
 * throws `Failure` `service-refused` when the pause is longer than the user allows.
 */
export function createRateLimitPauser({
  scheduler,
  clock,
  warn,
  settings,
}: {
  readonly scheduler: RequestScheduler;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly settings: Pick<JudgeSettings, "baseUrl" | "longestWaitMs">;
}): (pause: RateLimitPause) => void {
  let reportedUntil = Number.NEGATIVE_INFINITY;
  return ({ ms, limit }) => {
    scheduler.pauseFor(ms);
    const until = clock.monotonic() + ms;
    const time = clockTime(clock.wallTime() + ms, clock.wallTime());
    if (settings.longestWaitMs !== null && ms > settings.longestWaitMs) {
      throw new Failure(
        "service-refused",
        `${settings.baseUrl} requires waiting until ${time} (${limitNames[limit]}), longer than NAMEWRIGHT_JUDGE_LONGEST_WAIT allows`,
        { hint: `Resume after ${time}. Replies received so far are kept.` },
      );
    }
    if (ms < reportedFromMs || until < reportedUntil + reportAgainMs) return;
    reportedUntil = until;
    warn(
      `the endpoint requires waiting until ${time} (${limitNames[limit]}). The run then continues automatically, and you can resume it after cancelling`,
    );
  };
}
