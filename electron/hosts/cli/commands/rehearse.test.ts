import { expect, it } from "vitest";
import type { RehearsalResult } from "../../../../shared/schema/rehearsal.ts";
import type { CommandContext } from "../context.ts";
import { rehearse } from "./rehearse.ts";

const memory = { fits: true, needed: 18e9, available: 22e9, remedy: null };
const result: RehearsalResult = {
  runId: "r",
  ...{ version: "v1", preset: "mistral-7b", status: "succeeded" },
  device: { device: "cpu", words: "CPU" },
  memory,
  longestRow: 57,
  measured: [1, 2].map((layers) => ({ layers, stepSeconds: [layers + 1], limitSeconds: 60 })),
  pace: { kind: "measured", seconds: 33 },
  steps: { perEpoch: 3, most: 12, epochs: 4 },
  seconds: 396,
};

/** Runs the command against a host whose rehearsal ends with a result. */
async function rehearses(ends: RehearsalResult, options: Record<string, unknown>) {
  const asked: unknown[] = [];
  let text = "";
  const client = {
    rehearsal: {
      start: async (input: unknown) => {
        asked.push(input);
        return { id: "r" };
      },
    },
    run: { watch: async () => [], show: async () => ({ run: { status: "succeeded" }, result: ends }) },
  };
  const context = {
    client: async () => client,
    progress: { note: () => {} },
    signal: new AbortController().signal,
    print: (_value: unknown, human: () => string) => {
      text = human();
    },
  } as unknown as CommandContext;
  const code = await rehearse(context, { arguments: [], options });
  return { asked, text, code };
}

it("prints the answer in words, and exits with 0 when the training fits", async () => {
  const options = {
    version: "v2",
    preset: "mistral-7b-study",
    set: ["optimisation.epochs=2"],
    prompt: "short",
  };
  const { asked, text, code } = await rehearses(result, options);
  const overrides = { optimisation: { epochs: 2 } };
  expect(asked).toEqual([{ version: "v2", preset: "mistral-7b-study", overrides, prompt: "short" }]);
  expect(text.split("\n")).toEqual([
    "A training of dataset v1 fits on this machine: it needs about 18.0 GB of 22.0 GB.",
    expect.stringMatching(/^Its 12 steps take about 6 min 36 s \(33 s per step\)/),
    expect.stringContaining("Measured 1 step with 1 and 2 of 32 layers"),
  ]);
  expect(code).toBe(0);
});

it("exits with 1 when the training doesn't fit", async () => {
  const { code } = await rehearses({ ...result, memory: { ...memory, fits: false } }, { version: "v1" });
  expect(code).toBe(1);
});
