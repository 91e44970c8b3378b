import { expect, it } from "vitest";
import { lazy } from "./lazy.ts";

it("lazy makes its value once, and again only after a failure", async () => {
  let calls = 0;
  const value = lazy(async () => {
    calls += 1;
    if (calls === 1) throw new Error("broken");
    return calls;
  });
  expect(calls).toBe(0);
  await expect(value()).rejects.toThrow("broken");
  expect(await Promise.all([value(), value()])).toEqual([2, 2]);
  expect(calls).toBe(2);
});
