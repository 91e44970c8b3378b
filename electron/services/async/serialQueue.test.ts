import { expect, it } from "vitest";
import { SerialQueue } from "./serialQueue.ts";

it("SerialQueue runs work one at a time in order, and a failure rejects only its own call", async () => {
  const queue = new SerialQueue();
  const order: string[] = [];
  const first = Promise.withResolvers<void>();
  const calls = [
    queue.run(async () => {
      order.push("first in");
      await first.promise;
      order.push("first out");
      return 1;
    }),
    queue.run(async () => {
      order.push("second");
      throw new Error("broken");
    }),
    queue.run(async () => order.push("third")),
  ];
  const settled = queue.settled().then(() => order.push("settled"));
  await Promise.resolve();
  expect(order).toEqual(["first in"]);
  first.resolve();
  const results = await Promise.allSettled(calls);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  await settled;
  expect(order).toEqual(["first in", "first out", "second", "third", "settled"]);
});
