import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings } from "../../../shared/schema/judge.ts";
import type { Clock } from "./clock.ts";
import type { Pacer } from "./pacer.ts";
import type { Hold } from "./rateLimits.ts";

/** A wait from here on is told to the person who looks on, in milliseconds. */
const noticedMs = 5_000;
/** A later end than the one that was told is told again only where it is later by this much. */
const tellAgainMs = 5_000;

/** `14:05` for today, `2026-11-24 14:05` for another day, in local time. */
export function clockTime(at: number, now: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const then = new Date(at);
  // Rounded up to the minute: nothing happens before the time that is shown.
  then.setSeconds(then.getSeconds() + 59);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  return dayOf(then) === dayOf(new Date(now)) ? time : `${dayOf(then)} ${time}`;
}

const reasonWords = {
  requests: "its request limit",
  tokens: "its token limit",
  rate: "its rate limit",
};

/** Waits as long as an endpoint asks, however long, and says so; only a limit of the person's own ends it. */
export function createHolding({
  pacer,
  clock,
  warn,
  settings,
}: {
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly warn: (message: string) => void;
  readonly settings: Pick<JudgeSettings, "baseUrl" | "longestWaitMs">;
}): { begin(hold: Hold): void } {
  let toldUntil = Number.NEGATIVE_INFINITY;
  return {
    /** @throws Failure `service-refused` where the wait is longer than the person allows. */
    begin({ ms, limit }) {
      pacer.hold(ms);
      const until = clock.monotonic() + ms;
      const time = clockTime(clock.wallTime() + ms, clock.wallTime());
      if (settings.longestWaitMs !== null && ms > settings.longestWaitMs) {
        throw new Failure(
          "service-refused",
          `${settings.baseUrl} requires waiting until ${time} (${reasonWords[limit]}), longer than NAMEWRIGHT_JUDGE_LONGEST_WAIT allows`,
          { hint: `Resume after ${time}. Replies received so far are kept.` },
        );
      }
      if (ms < noticedMs || until < toldUntil + tellAgainMs) return;
      toldUntil = until;
      warn(
        `the endpoint requires waiting until ${time} (${reasonWords[limit]}). The run then continues automatically, and you can resume it after cancelling`,
      );
    },
  };
}
