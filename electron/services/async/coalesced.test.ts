import { expect, it } from "vitest";
import { coalesced } from "./coalesced.ts";

/** Work that the test ends, call by call. */
function work() {
  const calls: { resolve: (value: number) => void; reject: (error: Error) => void }[] = [];
  const ask = coalesced(() => new Promise<number>((resolve, reject) => void calls.push({ resolve, reject })));
  return { calls, ask };
}

it("coalesced runs the work once more for all calls during a run", async () => {
  const { calls, ask } = work();
  const first = ask();
  const others = Array.from({ length: 3000 }, ask);
  expect(calls.length).toBe(1);
  calls[0]?.resolve(1);
  expect(await first).toBe(1);
  await expect.poll(() => calls.length).toBe(2);
  const late = ask();
  calls[1]?.resolve(2);
  expect(new Set(await Promise.all(others))).toEqual(new Set([2]));
  await expect.poll(() => calls.length).toBe(3);
  calls[2]?.resolve(3);
  expect(await late).toBe(3);
});

it("coalesced rejects only the callers of the failed run", async () => {
  const { calls, ask } = work();
  const [first, second] = [ask(), ask()];
  calls[0]?.reject(new Error("once"));
  await expect(first).rejects.toThrow("once");
  await expect.poll(() => calls.length).toBe(2);
  calls[1]?.resolve(2);
  expect(await second).toBe(2);
  const third = ask();
  calls[2]?.resolve(3);
  expect(await third).toBe(3);
});
