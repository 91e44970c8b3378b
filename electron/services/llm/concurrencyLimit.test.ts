import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mulberry32, type Random } from "../../../shared/domain/random.ts";
import { type CallOutcome, ConcurrencyLimit } from "./concurrencyLimit.ts";

/** Runs one call after the other and returns the slots after each. */
function play(limit: ConcurrencyLimit, outcomes: readonly CallOutcome[]): number[] {
  return outcomes.map((outcome) => {
    limit.ended(limit.sent(), outcome);
    return limit.slots;
  });
}

/**
 * Simulates windows of calls to an endpoint that refuses calls above its capacity and a random share of the others.
 * Returns the slots of each window and the share of refused calls.
 */
function serve(
  limit: ConcurrencyLimit,
  { windows, capacity, stray, random }: { windows: number; capacity: number; stray: number; random: Random },
) {
  const slots: number[] = [];
  let refused = 0;
  let calls = 0;
  for (let window = 0; window < windows; window++) {
    slots.push(limit.slots);
    const sent = Array.from({ length: limit.slots }, () => limit.sent());
    sent.forEach((token, place) => {
      const outcome = place >= capacity || random.next() < stray ? "limited" : "replied";
      refused += outcome === "limited" ? 1 : 0;
      calls += 1;
      limit.ended(token, outcome);
    });
  }
  return { slots, refusedShare: refused / calls };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const outcomes = fc.array(fc.constantFrom<CallOutcome>("replied", "limited", "neutral"), { maxLength: 400 });

describe("ConcurrencyLimit", () => {
  it("doubles per window up to the maximum while nothing is refused", () => {
    const limit = new ConcurrencyLimit({ start: 4, most: 16 });
    const { slots } = serve(limit, { windows: 4, capacity: 99, stray: 0, random: mulberry32(1) });
    expect(slots).toEqual([4, 8, 16, 16]);
  });

  it("halves after each refused window down to one, then grows by one per window", () => {
    const limit = new ConcurrencyLimit({ start: 16, most: 16 });
    const none = serve(limit, { windows: 6, capacity: 0, stray: 0, random: mulberry32(1) });
    expect(none.slots).toEqual([16, 8, 4, 2, 1, 1]);
    const again = serve(limit, { windows: 4, capacity: 99, stray: 0, random: mulberry32(1) });
    expect(again.slots).toEqual([1, 2, 3, 4]);
  });

  it("decreases once for a burst of refused calls of the same window", () => {
    const limit = new ConcurrencyLimit({ start: 8, most: 8 });
    const sent = Array.from({ length: 24 }, () => limit.sent());
    for (const token of sent) limit.ended(token, "limited");
    expect(limit.slots).toBe(4);
  });

  it("ignores neutral calls", () => {
    const limit = new ConcurrencyLimit({ start: 3, most: 8 });
    expect(new Set(play(limit, Array(50).fill("neutral")))).toEqual(new Set([3]));
  });

  it("stays between 1 and the maximum for any outcomes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 64 }),
        outcomes,
        (start, most, all) => {
          const limit = new ConcurrencyLimit({ start, most });
          for (const slots of play(limit, all)) {
            expect(Number.isInteger(slots) && slots >= 1 && slots <= most).toBe(true);
          }
        },
      ),
    );
  });

  it("doesn't grow when a tolerated refusal closes a window", () => {
    const limit = new ConcurrencyLimit({ start: 8, most: 32 });
    for (let call = 0; call < 7; call += 1) limit.ended(limit.sent(), "replied");
    const before = limit.slots;
    limit.ended(limit.sent(), "limited");
    expect(limit.slots).toBe(before);
  });

  it("never grows after a refusal and never shrinks after a reply alone", () => {
    fc.assert(
      fc.property(outcomes, (all) => {
        const limit = new ConcurrencyLimit({ start: 8, most: 32 });
        let limitedInWindow = false;
        for (const outcome of all) {
          const [before, window] = [limit.slots, limit.sent()];
          limit.ended(window, outcome);
          if (outcome === "limited") expect(limit.slots).toBeLessThanOrEqual(before);
          if (outcome === "replied" && !limitedInWindow) expect(limit.slots).toBeGreaterThanOrEqual(before);
          limitedInWindow = limit.sent() === window && (limitedInWindow || outcome === "limited");
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([1, 2, 3, 5, 12])("finds a capacity of %i and stays close to it", (capacity) => {
    const limit = new ConcurrencyLimit({ start: 4, most: 32 });
    const found = serve(limit, { windows: 400, capacity, stray: 0, random: mulberry32(1) });
    const settled = mean(found.slots.slice(100));
    expect(settled).toBeGreaterThan(0.9 * capacity);
    expect(settled).toBeLessThan(capacity + 1.5);
    expect(found.refusedShare).toBeLessThan(0.45);
  });

  it.each([4, 8, 16, 32])(
    "keeps at least 0.95 of %i slots when one call in twenty is refused at random",
    (most) => {
      const limit = new ConcurrencyLimit({ start: most, most });
      const { slots } = serve(limit, { windows: 500, capacity: 999, stray: 0.05, random: mulberry32(7) });
      expect(mean(slots) / most).toBeGreaterThan(0.95);
    },
  );
});
