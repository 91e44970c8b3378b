import { describe, expect, it } from "vitest";
import { instantClock } from "../testing/judge.ts";
import { systemClock } from "./clock.ts";
import { ConcurrencyLimit } from "./concurrencyLimit.ts";
import { RequestScheduler } from "./requestScheduler.ts";

const never = new AbortController().signal;
const replied = () => "replied" as const;

/** Calls that the test ends by name. */
function open() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const call = (name: string) => () =>
    new Promise<string>((resolve) => {
      started.push(name);
      ends.set(name, () => resolve(name));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { started, call, end };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("RequestScheduler", () => {
  it("admits as many calls as the limit has slots, retries first", async () => {
    const scheduler = new RequestScheduler({
      clock: instantClock(),
      limit: new ConcurrencyLimit({ start: 2, most: 2 }),
    });
    const { started, call, end } = open();
    const turns = ["a", "b", "c", "d"].map((name) =>
      scheduler.run({ retry: false, signal: never }, call(name), replied),
    );
    await settled();
    turns.push(scheduler.run({ retry: true, signal: never }, call("again"), replied));
    await settled();
    expect(started).toEqual(["a", "b"]);
    await end("a");
    expect(started).toEqual(["a", "b", "again"]);
    await end("b");
    expect(started).toEqual(["a", "b", "again", "c"]);
    for (const name of ["again", "c", "d"]) await end(name);
    await Promise.all(turns);
  });

  it("delays all calls, including queued ones, until the wait is over", async () => {
    const clock = instantClock();
    const scheduler = new RequestScheduler({ clock, limit: new ConcurrencyLimit({ start: 1, most: 1 }) });
    const { started, call, end } = open();
    const first = scheduler.run({ retry: false, signal: never }, call("a"), replied);
    const second = scheduler.run({ retry: false, signal: never }, call("b"), replied);
    await settled();
    scheduler.pauseFor(60_000);
    scheduler.pauseFor(5);
    expect(clock.waits).toEqual([]);
    await end("a");
    expect(clock.waits).toEqual([60_000]);
    await end("b");
    expect(started).toEqual(["a", "b"]);
    await Promise.all([first, second]);
  });

  it("frees a queue place on cancel and a slot when a call throws", async () => {
    const scheduler = new RequestScheduler({
      clock: instantClock(),
      limit: new ConcurrencyLimit({ start: 1, most: 1 }),
    });
    const { started, call, end } = open();
    const first = scheduler.run({ retry: false, signal: never }, call("a"), replied);
    const cancel = new AbortController();
    const second = scheduler.run({ retry: false, signal: cancel.signal }, call("b"), replied);
    await settled();
    cancel.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    await end("a");
    await first;
    const thrown = scheduler.run(
      { retry: false, signal: never },
      () => Promise.reject(new Error("bang")),
      replied,
    );
    await expect(thrown).rejects.toThrow("bang");
    const last = scheduler.run({ retry: false, signal: never }, call("c"), replied);
    await settled();
    expect(started).toEqual(["a", "c"]);
    await end("c");
    await last;
  });

  it("rejects at once when a call is cancelled during a long pause", async () => {
    const scheduler = new RequestScheduler({
      clock: systemClock,
      limit: new ConcurrencyLimit({ start: 1, most: 1 }),
    });
    scheduler.pauseFor(40 * 86_400_000);
    const cancel = new AbortController();
    const turn = scheduler.run(
      { retry: false, signal: cancel.signal },
      () => Promise.resolve("sent"),
      replied,
    );
    setTimeout(() => cancel.abort(), 20);
    await expect(turn).rejects.toMatchObject({ name: "AbortError" });
  });
});
