import { describe, expect, it } from "vitest";
import type { MeasuredDepth, RehearsalResult } from "../../schema/rehearsal.ts";
import { extrapolateStep } from "./extrapolate.ts";
import { rehearsalWords } from "./rehearsalWords.ts";

const depth = (layers: number, stepSeconds: number[]): MeasuredDepth => ({
  layers,
  stepSeconds,
  limitSeconds: 60,
});

describe("extrapolateStep", () => {
  it("adds thirty times the difference of two depths to the deeper one", () => {
    expect(extrapolateStep(depth(1, [2, 2, 2]), depth(2, [3, 3, 3]), 32)).toEqual({
      kind: "measured",
      seconds: 33,
    });
  });

  it("takes the median of the steps that both depths ended, each extrapolated by itself", () => {
    // 3 + 30 · 1, 12 + 30 · 3 and 6 + 30 · 2 seconds.
    const pace = extrapolateStep(depth(1, [2, 9, 4, 50, 50]), depth(2, [3, 12, 6]), 32);
    expect(pace).toEqual({ kind: "measured", seconds: 66 });
    expect(extrapolateStep(depth(1, [1, 3]), depth(2, [2, 4]), 32)).toEqual({
      kind: "measured",
      seconds: 33,
    });
  });

  it("is unclear when the deeper base wasn't slower", () => {
    expect(extrapolateStep(depth(1, [2]), depth(2, [2]), 32)).toEqual({ kind: "unclear" });
  });

  it("gives a lower bound when a depth couldn't end two steps", () => {
    expect(extrapolateStep(depth(1, []), null, 32)).toEqual({ kind: "slower-than", seconds: 30 });
    expect(extrapolateStep(depth(1, [20]), depth(2, []), 32)).toEqual({ kind: "slower-than", seconds: 330 });
    expect(extrapolateStep(depth(1, [40]), depth(2, []), 32)).toEqual({ kind: "slower-than", seconds: 30 });
  });
});

const result: RehearsalResult = {
  runId: "r",
  version: "v1",
  preset: "mistral-7b",
  status: "succeeded",
  device: { device: "cuda", words: "NVIDIA L4 (GPU 0)" },
  memory: { fits: true, needed: 18.04e9, available: 22e9, remedy: null },
  longestRow: 412,
  measured: [depth(1, [2, 2]), depth(2, [3, 3])],
  pace: { kind: "measured", seconds: 61 },
  steps: { perEpoch: 27, most: 108, epochs: 4 },
  seconds: 108 * 61,
};

describe("rehearsalWords", () => {
  it("says that a training fits, how long it takes and what that is based on", () => {
    expect(rehearsalWords(result)).toEqual({
      fit: "A training of dataset v1 fits on this machine: it needs about 18.0 GB of 22.0 GB.",
      time: "Its 108 steps take about 1 h 49 min (1 min 01 s per step), without loading, evaluations and the parity gate.",
      basis:
        "Device: NVIDIA L4 (GPU 0). Measured 2 steps with 1 and 2 of 32 layers and random weights. The longest row has 412 tokens.",
    });
  });

  it("says what would make a training fit", () => {
    const remedy = { changes: ["batchSize 1 and gradientAccumulation 4", "precision int4"], needed: 9.1e9 };
    const memory = { fits: false, needed: 18e9, available: 11e9, remedy };
    const { fit, time } = rehearsalWords({ ...result, memory, pace: { kind: "measured", seconds: 0.2345 } });
    expect(fit).toBe(
      "A training of dataset v1 doesn't fit on this machine: it needs about 18.0 GB, but only 11.0 GB is free. It fits in 9.1 GB with batchSize 1 and gradientAccumulation 4, precision int4.",
    );
    expect(time).toMatch(/^Its 108 steps would take about 1 h 49 min \(0\.23 s per step\)/);
    expect(rehearsalWords({ ...result, memory: { ...memory, remedy: null } }).fit).toMatch(
      /only 11\.0 GB is free\. Use a device with more memory\.$/,
    );
  });

  it("gives a lower bound on a machine that is too slow to measure", () => {
    const slow = { ...result, measured: [depth(1, [])], seconds: 108 * 30 };
    const words = rehearsalWords({ ...slow, pace: { kind: "slower-than", seconds: 30 } });
    expect(words.time).toBe(
      "Its 108 steps take more than 54 min 00 s (a step is slower than 30 s), without loading, evaluations and the parity gate.",
    );
    expect(words.basis).toContain(
      "Two steps didn't end in 1 min 00 s with 1 of 32 layers and random weights.",
    );
  });

  it("gives no time when the depths took the same time", () => {
    const words = rehearsalWords({ ...result, pace: { kind: "unclear" }, seconds: null });
    expect(words.time).toMatch(/^Couldn't estimate the time/);
  });
});
