import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { domainOf, linearTicks, logTicks, ticksOf } from "./ticks.ts";

describe("ticks", () => {
  test("are round, few and within the domain", () => {
    expect(linearTicks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks([0, 34])).toEqual([0, 10, 20, 30]);
    expect(linearTicks([-0.13, 0.28])).toEqual([-0.1, 0, 0.1, 0.2]);
    expect(logTicks([0.01, 20])).toEqual([0.01, 0.1, 1, 10]);
    expect(logTicks([0.9, 6])).toEqual([1, 2, 5]);
    expect(linearTicks([3, 3])).toEqual([3]);
    expect(logTicks([0, 1])).toEqual([]);
  });

  test("of any values lie within their domain, which holds every value", () => {
    const values = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.constantFrom("linear" as const, "log" as const), (given, scale) => {
        const [low, high] = domainOf(given, scale);
        for (const value of given) expect(low <= value && value <= high).toBe(true);
        const ticks = ticksOf([low, high], scale);
        expect(ticks.length).toBeLessThanOrEqual(14);
        const slack = (high - low) * 1e-6;
        for (const tick of ticks) expect(tick >= low - slack && tick <= high + slack).toBe(true);
      }),
      // Values so close that a rounded tick falls outside.
      { examples: [[[999999.9999999943, 999999.9999999942], "linear"]] },
    );
  });

  test("cover a default domain without values, and a domain around a single value", () => {
    expect(domainOf([], "linear")).toEqual([0, 1]);
    expect(domainOf([0, -1], "log")).toEqual([0.1, 1]);
    expect(domainOf([5], "linear")).toEqual([4.5, 5.5]);
    expect(domainOf([0, 0.5], "linear")[0]).toBe(0);
  });
});
