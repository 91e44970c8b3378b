import { describe, expect, it } from "vitest";
import type { ForcedResult, ModelRef } from "../../../shared/schema/inference.ts";
import type { ParityReference } from "../../../shared/schema/parity.ts";
import { type GateOptions, runParityGate } from "./parityGate.ts";

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
    margins: [3, 3],
    positions: [position, position],
  })),
};

/** An engine with quantized weights, in which each model has a multiple of the trained effect. */
function engineWith(effectOf: (model: ModelRef) => number): GateOptions["inference"] {
  const logprobs = (model: ModelRef) =>
    off.map((value, index) => value + effectOf(model) * ((on[index] ?? 0) - value));
  return {
    describe: async () => ({
      engine: "test",
      precision: "Q8_0",
      gpu: null,
      threads: 1,
      lanes: 4,
      contextSize: 64,
      vocabularySize: 9,
    }),
    tokenize: async (_model, texts) => texts.map(() => [1, 3, 5, 4]),
    async generateRows({ rows, onRow }) {
      for (const { key } of rows) onRow({ key, ids: [7], stop: "end" } as Parameters<typeof onRow>[0]);
      return {} as Awaited<ReturnType<GateOptions["inference"]["generateRows"]>>;
    },
    forcedLogprobs: async ({ model, sequences }) =>
      sequences.map(
        ({ key }): ForcedResult => ({
          key,
          positions: [0, 1].map(() => ({ best: 7, margin: 1, logprobs: logprobs(model) })),
        }),
      ),
  };
}

/** The gate of a model that is merged into one file with a multiple of the trained effect. */
const gateAt = (effect: number) =>
  runParityGate({
    inference: engineWith(({ gguf }) => (gguf === "merged" ? effect : 0)),
    base: "base",
    model: { gguf: "merged", adapter: null },
    unpermuted: null,
    other: null,
    reference,
  });

describe("the gate of a merged model", () => {
  it("compares it with the base and with half of its effect, and names the control that it lacks", async () => {
    const { passed, effect } = await gateAt(1);
    expect(passed).toBe(true);
    expect(effect.controls).toMatchObject([
      { name: "no adapter", position: 0 },
      { name: "half its effect", position: 0 },
    ]);
    expect(effect.controls[1]?.distance).toBeCloseTo((effect.controls[0]?.distance ?? 0) / 2, 12);
    expect(effect.controlsNotRun).toEqual(["unpermuted q and k"]);
  });

  it.each([0, 0.5, 1.6])("fails at %d times the effect", async (effect) => {
    expect((await gateAt(effect)).effect.verdict).toBe("failed");
  });
});

it("runs every control of an adapter on the base", async () => {
  const ran: ModelRef[] = [];
  const adapter = { id: "a", path: "a.gguf", scale: 1 };
  const unpermuted = { id: "u", path: "u.gguf", scale: 1 };
  const other = { name: "v1", model: { gguf: "merged v1", adapter: null } };
  const inference = engineWith((model) => {
    ran.push(model);
    return model.adapter?.id === "a" ? 1 : 0;
  });
  const model = { gguf: "base", adapter };
  const { effect } = await runParityGate({ inference, base: "base", model, unpermuted, other, reference });
  expect(effect).not.toHaveProperty("controlsNotRun");
  expect(effect.controls.map(({ name }) => name)).toEqual([
    "no adapter",
    "half its scale",
    "unpermuted q and k",
    "v1",
  ]);
  expect([...new Map(ran.map((one) => [JSON.stringify(one), one])).values()]).toEqual([
    model,
    { gguf: "base", adapter: null },
    { gguf: "base", adapter: { id: "a at half its scale", path: "a.gguf", scale: 0.5 } },
    { gguf: "base", adapter: unpermuted },
    other.model,
  ]);
});
