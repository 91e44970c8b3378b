import { describe, expect, test } from "vitest";
import type { EngineInfo, ForcedResult } from "../../schema/inference.ts";
import type { ParityReference } from "../../schema/parity.ts";
import { klDivergence, positionOnLine } from "./effect.ts";
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
  noise: 0,
  maxNewTokens: 5,
  top: 3,
  eos: 2,
  sequences: ["a bakery", "a florist"].map((description) => ({
    source: "train",
    description,
    content: `names for ${description}`,
    promptIds: [1, 3, 5, 4],
    completionIds: [7, 2],
    completion: "x",
    margins: [0.04, 3],
    positions: [position, position],
  })),
};

function forced(logprobs: readonly number[]): ForcedResult {
  return { key: "0", positions: [0, 1].map(() => ({ best: 7, margin: 1, logprobs: [...logprobs] })) };
}

const twice = <Value>(value: Value): Value[] => [value, value];
/** The log-probabilities with a part of the adapter's effect. */
const partOfEffect = (part: number) => off.map((value, index) => value + part * ((on[index] ?? 0) - value));

function measures(change: Partial<EngineMeasures> = {}): EngineMeasures {
  return {
    engine,
    promptIds: twice([1, 3, 5, 4]),
    completionIds: twice([7, 2]),
    on: twice(forced(on)),
    off: twice(forced(off)),
    controls: [
      { name: "no adapter", required: true, on: twice(forced(off)) },
      { name: "half its scale", required: true, on: twice(forced(partOfEffect(0.5))) },
    ],
    ...change,
  };
}

describe("the gate", () => {
  test("passes all parts for equal engines", () => {
    const result = decideGate(reference, measures());
    expect(result).toMatchObject({
      passed: true,
      positions: 4,
      reasons: [],
      tokens: { verdict: "passed", equal: 2, first: null },
      greedy: { verdict: "passed", equal: 2, nearTies: 0, worst: null },
      effect: { verdict: "passed", agreement: 1, difference: 0 },
      distribution: { topAgreement: 1, maxLogprobDifference: 0 },
    });
    expect(result.distribution.maxKl).toBeCloseTo(0, 12);
  });

  test("fails for one different prompt id at any precision", () => {
    const result = decideGate(
      reference,
      measures({ promptIds: twice([1, 3, 6, 4]), engine: { ...engine, precision: "Q4_K - Medium" } }),
    );
    expect(result.passed).toBe(false);
    expect(result.tokens.first).toMatchObject({ position: 2, reference: 5, engine: 6, margin: null });
    expect(result.reasons.join()).toContain("5 in the trainer, 6 in the engine");
  });

  test("allows another greedy token only at a near tie, and treats a longer sequence as different", () => {
    expect(decideGate(reference, measures({ completionIds: twice([8, 2]) }))).toMatchObject({
      passed: true,
      greedy: { verdict: "passed", equal: 0, nearTies: 2 },
    });
    const wrong = decideGate(reference, measures({ completionIds: twice([7, 7, 2]) }));
    expect(wrong).toMatchObject({
      passed: false,
      greedy: { verdict: "failed", worst: { position: 1, margin: 3 } },
    });
    expect(decideGate(reference, measures({ completionIds: twice([7, 2, 2]) })).greedy.verdict).toBe(
      "failed",
    );
  });

  test.each([
    [{ ...engine, precision: "Q8_0" }, "float32"],
    [engine, "bfloat16"],
  ])("greedy decoding is only reported where one side rounds", (rounding, precision) => {
    const result = decideGate(
      { ...reference, precision },
      measures({ engine: rounding, completionIds: twice([7, 7, 2]) }),
    );
    expect(result).toMatchObject({ passed: true, greedy: { verdict: "reported", equal: 0 } });
  });

  test.each([0, 0.5, 2])("fails for %d times the effect", (part) => {
    const controls = [
      { name: "no adapter", required: true, on: twice(forced(off)) },
      { name: "half its scale", required: true, on: twice(forced(partOfEffect(part / 2))) },
    ];
    const result = decideGate(reference, measures({ on: twice(forced(partOfEffect(part))), controls }));
    expect(result.effect.agreement).toBeCloseTo(1 - Math.abs(part - 1), 12);
    expect(result.passed).toBe(false);
    expect(result.reasons.join()).toContain("the engines differ by");
  });

  test("allows a difference that the reference's own noise explains", () => {
    // The engine's effect is [1, −0.4, −1] instead of [1, −1, −1], mostly across the lines to the controls.
    const noisy = measures({ on: twice(forced(on.map((value, index) => value + (index === 1 ? 0.6 : 0)))) });
    const exact = decideGate(reference, noisy);
    expect(exact.effect).toMatchObject({
      verdict: "failed",
      controls: [{ verdict: "passed" }, { verdict: "passed" }],
    });
    expect(exact.effect.difference).toBeCloseTo(Math.sqrt(0.36 / 3), 12);
    const rounded = decideGate({ ...reference, noise: 0.2 }, noisy);
    expect(rounded.effect.verdict).toBe("passed");
    expect(rounded.effect.limit).toBeCloseTo(0.6, 12);
  });

  test("doesn't limit the difference of an engine with quantized weights, but the controls still decide", () => {
    const engineOf = (precision: string) => ({ ...engine, precision });
    const noisy = twice(forced(on.map((value, index) => value + (index === 1 ? 0.6 : 0))));
    const at = (precision: string) =>
      decideGate(reference, measures({ engine: engineOf(precision), on: noisy })).effect;
    expect(at("BF16").verdict).toBe("failed");
    expect(at("Q8_0")).toMatchObject({ verdict: "passed", limit: null });
    const half = measures({ engine: engineOf("Q8_0"), on: twice(forced(partOfEffect(0.5))) });
    expect(decideGate(reference, half).effect.verdict).toBe("failed");
  });

  test("fails an adapter without effect, since it can't be told from no adapter", () => {
    const still = {
      ...reference,
      sequences: reference.sequences.map((s) => ({ ...s, positions: twice({ ...position, off: on }) })),
    };
    const result = decideGate(
      still,
      measures({
        off: twice(forced(on)),
        controls: [{ name: "no adapter", required: true, on: twice(forced(on)) }],
      }),
    );
    expect(result).toMatchObject({ passed: false, effect: { agreement: null, verdict: "failed" } });
    expect(result.reasons.join()).toContain("too small to tell it from no adapter");
  });

  test("only reports another version that has nearly the same effect", () => {
    const other = { name: "v1", required: false, on: twice(forced(on)) };
    const { controls } = measures();
    expect(decideGate(reference, measures({ controls: [...controls, other] }))).toMatchObject({
      passed: true,
      effect: {
        controls: [{ verdict: "passed" }, { verdict: "passed" }, { name: "v1", verdict: "reported" }],
      },
    });
    const swapped = measures({
      on: twice(forced(partOfEffect(0.4))),
      controls: [...controls, { ...other, on: twice(forced(on)) }],
    });
    expect(decideGate(reference, swapped).effect.controls[2]?.verdict).toBe("failed");
  });

  test("fails for missing measures", () => {
    expect(decideGate(reference, measures({ on: [] })).effect.verdict).toBe("failed");
    expect(decideGate(reference, measures({ completionIds: [] })).greedy.verdict).toBe("failed");
    expect(decideGate({ ...reference, sequences: [] }, measures()).passed).toBe(false);
  });
});

describe("positionOnLine", () => {
  const sequence = (reference: number[], engine: number[], control: number[]) => ({
    description: "a",
    reference,
    engine,
    controls: [control],
  });

  test("is 0 at the adapter, 1 at the control and linear between, whatever lies across the line", () => {
    const at = (part: number) => sequence([part, 0.7], [0, 0], [1, 0]);
    for (const part of [0, 0.3, 1, -1]) expect(positionOnLine([at(part)], 0).position).toBeCloseTo(part, 12);
    expect(positionOnLine([at(0)], 0).distance).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test("has the standard error of a ratio over sequences, none for a single one", () => {
    const sequences = [sequence([0.1, 0], [0, 0], [1, 0]), sequence([0.3, 0], [0, 0], [1, 0])];
    // Residuals ∓0.1, n = 2: √(0.02 · 2 / 1) / 2.
    expect(positionOnLine(sequences, 0).error).toBeCloseTo(0.1, 12);
    expect(positionOnLine(sequences.slice(1), 0).error).toBeNull();
  });

  test("is undefined for a control with the adapter's effect", () => {
    expect(positionOnLine([sequence([1], [0.5], [0.5])], 0)).toEqual({
      distance: 0,
      position: null,
      error: null,
    });
  });
});

test("klDivergence includes the remaining probability mass", () => {
  const log = (values: number[]) => values.map(Math.log);
  expect(klDivergence(log([0.5, 0.25]), log([0.5, 0.25]))).toBeCloseTo(0, 12);
  const known = 0.5 * Math.log(0.5 / 0.25) + 0.25 * Math.log(0.25 / 0.25) + 0.25 * Math.log(0.25 / 0.5);
  expect(klDivergence(log([0.5, 0.25]), log([0.25, 0.25]))).toBeCloseTo(known, 12);
});
