import { describe, expect, test } from "vitest";
import { countDecisions, type SimulatedCandidate, simulatedCandidates } from "./decisionStudy.ts";

const options = { simulations: 40, seed: 5, draws: 100 };
const candidate = (name: RegExp): SimulatedCandidate =>
  simulatedCandidates.find((one) => name.test(one.name)) as SimulatedCandidate;

describe("the decision on simulated candidates", () => {
  test("hardly ever ships a candidate that misses more, or an equal one", () => {
    expect(countDecisions(candidate(/^harmful: /), 230, options).ship).toBe(0);
    expect(countDecisions(candidate(/^equal/), 230, options).ship).toBe(0);
  });

  test("with 60 rows, of which 30 are harmful, never ships one that misses more but writes better", () => {
    expect(countDecisions(candidate(/writes better/), 60, options).ship).toBe(0);
  });

  test("ships a better candidate on 700 rows in a good part of the cases", () => {
    const found = countDecisions(candidate(/^better/), 700, { ...options, simulations: 20 });
    expect(found.ship).toBeGreaterThan(5);
    expect(found["do-not-ship"]).toBe(0);
  });
});
