import { expect, it } from "vitest";
import { type FeedProgress, ProgressFeed } from "./progressFeed.ts";

it("estimates the time left from what is done, and before that from what is expected", async () => {
  let now = 0;
  const feed = new ProgressFeed(() => now);
  await feed.track({ text: "converting", unit: "tensors", expectedSeconds: 60 }, async (advance) => {
    now = 10_000;
    expect(feed.current).toMatchObject({ text: "converting", total: 0, etaSeconds: 50 });
    advance(25, 100);
    expect(feed.current).toEqual({
      text: "converting",
      done: 25,
      total: 100,
      unit: "tensors",
      etaSeconds: 30,
    });
  });
  expect(feed.current).toBeNull();
});

it("shows every watcher each change, and that a failed step has ended", async () => {
  const feed = new ProgressFeed(() => 0);
  const ended = new AbortController();
  const seen: FeedProgress[] = [];
  const watching = (async () => {
    for await (const progress of feed.watch(ended.signal)) seen.push(progress);
  })();
  await new Promise((resolve) => setImmediate(resolve));
  const failing = feed.track({ text: "hashing", unit: "bytes" }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error("disk");
  });
  await expect(failing).rejects.toThrow("disk");
  await new Promise((resolve) => setImmediate(resolve));
  ended.abort();
  await watching;
  expect(seen.map((progress) => progress?.text ?? null)).toEqual([null, "hashing", null]);
});
