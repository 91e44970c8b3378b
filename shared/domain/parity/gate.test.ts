import { describe, expect, test } from "vitest";
import type { EngineInfo, ForcedResult } from "../../schema/inference.ts";
import type { ParityReference } from "../../schema/parity.ts";
import { effectOf, klDivergence } from "./effect.ts";
import { decideGate, type EngineMeasures } from "./gate.ts";

const engine: EngineInfo = {
  engine: "test",
  precision: "F16",
  gpu: null,
  threads: 1,
  lanes: 4,
  contextSize: 64,
  vocabularySize: 9,
};
const on = [-0.2, -2, -4];
const off = [-1.2, -1, -3];
const position = { ids: [7, 8, 9], on, off };
const reference: ParityReference = {
  schemaVersion: 1,
  precision: "float32",
  maxNewTokens: 5,
  top: 3,
  eos: 2,
  sequences: [
    {
      source: "train",
      description: "a bakery",
      content: "names for a bakery",
      promptIds: [1, 3, 5, 4],
      completionIds: [7, 2],
      completion: "x",
      margins: [0.04, 3],
      positions: [position, position],
    },
  ],
};

function forced(logprobs: readonly number[]): ForcedResult {
  return { key: "0", positions: [0, 1].map(() => ({ best: 7, margin: 1, logprobs: [...logprobs] })) };
}

function measures(change: Partial<EngineMeasures> = {}): EngineMeasures {
  return {
    engine,
    promptIds: [[1, 3, 5, 4]],
    completionIds: [[7, 2]],
    on: [forced(on)],
    off: [forced(off)],
    ...change,
  };
}

describe("the gate", () => {
  test("passes all parts for equal engines", () => {
    const result = decideGate(reference, measures());
    expect(result).toMatchObject({
      passed: true,
      positions: 2,
      reasons: [],
      tokens: { verdict: "passed", equal: 1, first: null },
      greedy: { verdict: "passed", equal: 1, nearTies: 0, worst: null },
      effect: { verdict: "passed", agreement: 1, difference: 0 },
      distribution: { topAgreement: 1, maxLogprobDifference: 0 },
    });
    expect(result.distribution.maxKl).toBeCloseTo(0, 12);
  });

  test("fails for one different prompt id at any precision", () => {
    const result = decideGate(
      reference,
      measures({ promptIds: [[1, 3, 6, 4]], engine: { ...engine, precision: "Q4_K - Medium" } }),
    );
    expect(result.passed).toBe(false);
    expect(result.tokens.first).toMatchObject({ position: 2, reference: 5, engine: 6, margin: null });
    expect(result.reasons.join()).toContain("5 in the trainer, 6 in the engine");
  });

  test("allows another greedy token only at a near tie, and treats a longer sequence as different", () => {
    expect(decideGate(reference, measures({ completionIds: [[8, 2]] }))).toMatchObject({
      passed: true,
      greedy: { verdict: "passed", equal: 0, nearTies: 1 },
    });
    const wrong = decideGate(reference, measures({ completionIds: [[7, 7, 2]] }));
    expect(wrong).toMatchObject({
      passed: false,
      greedy: { verdict: "failed", worst: { position: 1, margin: 3 } },
    });
    expect(decideGate(reference, measures({ completionIds: [[7, 2, 2]] })).greedy.verdict).toBe("failed");
  });

  test.each([
    [{ ...engine, precision: "Q8_0" }, "float32"],
    [engine, "bfloat16"],
  ])("greedy decoding is only reported where one side rounds", (rounding, precision) => {
    const result = decideGate(
      { ...reference, precision },
      measures({ engine: rounding, completionIds: [[7, 7, 2]] }),
    );
    expect(result).toMatchObject({ passed: true, greedy: { verdict: "reported", equal: 0 } });
  });

  test("fails for half of the effect", () => {
    const half = off.map((value, index) => value + ((on[index] ?? 0) - value) / 2);
    const result = decideGate(reference, measures({ on: [forced(half)] }));
    expect(result.effect.agreement).toBeCloseTo(0.5, 12);
    expect(result.passed).toBe(false);
    expect(result.reasons.join()).toContain("agreement on the adapter's effect is 0.500");
  });

  test("passes an adapter without effect if the engine shows none either", () => {
    const still = {
      ...reference,
      sequences: reference.sequences.map((s) => ({ ...s, positions: [{ ...position, off: on }] })),
    };
    const quiet = decideGate(still, measures({ off: [forced(on)] }));
    expect(quiet).toMatchObject({ passed: true, effect: { agreement: null, verdict: "passed" } });
    expect(decideGate(still, measures()).effect.verdict).toBe("failed");
  });

  test("fails for missing measures", () => {
    expect(decideGate(reference, measures({ on: [] })).effect.verdict).toBe("failed");
    expect(decideGate(reference, measures({ completionIds: [] })).greedy.verdict).toBe("failed");
    expect(decideGate({ ...reference, sequences: [] }, measures()).passed).toBe(false);
  });
});

test("agreement is 1 − ‖difference‖ / ‖effect‖", () => {
  const [referenceOn, referenceOff, engineOff] = [
    [3, 4],
    [0, 0],
    [0, 0],
  ];
  expect(effectOf([{ referenceOn, referenceOff, engineOn: [3, 4 - 1], engineOff }]).agreement).toBeCloseTo(
    0.8,
    12,
  );
});

test("klDivergence includes the remaining probability mass", () => {
  const log = (values: number[]) => values.map(Math.log);
  expect(klDivergence(log([0.5, 0.25]), log([0.5, 0.25]))).toBeCloseTo(0, 12);
  const known = 0.5 * Math.log(0.5 / 0.25) + 0.25 * Math.log(0.25 / 0.25) + 0.25 * Math.log(0.25 / 0.5);
  expect(klDivergence(log([0.5, 0.25]), log([0.25, 0.25]))).toBeCloseTo(known, 12);
});
