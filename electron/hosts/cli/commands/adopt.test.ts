import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import type { AdoptionResult } from "../../../../shared/schema/adoption.ts";
import { GateResultSchema } from "../../../../shared/schema/parity.ts";
import { tinySample } from "../../../services/testing/tinySample.ts";
import type { CommandContext } from "../context.ts";
import { adopt } from "./adopt.ts";

const sample = path.join(tinySample, "models", "model_v1");

it("refuses another word than a version by the name of its option", async () => {
  const context = {} as CommandContext;
  await expect(adopt(context, { arguments: ["names"], options: { as: "x" } })).rejects.toMatchObject({
    code: "usage",
    message: '--as must be v1, v2, …, not "x"',
  });
});

it("starts the adoption and says what became a version", async () => {
  const result: AdoptionResult = {
    runId: "r",
    version: "v3",
    status: "succeeded",
    adapter: "models/model_v3/adapter",
    gguf: "models/model_v3/adapter.gguf",
    adopted: {
      folder: "names",
      ...{ config: "c", weights: "w", namedBase: null, ranks: [4, 8], modules: 14 },
      rslora: true,
      dora: false,
    },
    parity: GateResultSchema.parse(JSON.parse(await readFile(path.join(sample, "gate.json"), "utf8"))),
  };
  const asked: unknown[] = [];
  let text = "";
  const client = {
    adoption: {
      start: async (input: unknown) => {
        asked.push(input);
        return { id: "r" };
      },
    },
    base: { watchPreparation: async () => [] },
    run: { watch: async () => [], show: async () => ({ run: { status: "succeeded" }, result }) },
  };
  const context = {
    client: async () => client,
    progress: { note: () => {} },
    signal: new AbortController().signal,
    shortPath: (file: string) => file,
    print: (_value: unknown, human: () => string) => {
      text = human();
    },
  } as unknown as CommandContext;
  const code = await adopt(context, {
    arguments: ["/elsewhere/names"],
    options: { as: "v3", prompt: "short" },
  });
  expect(code).toBe(0);
  expect(asked).toEqual([{ source: "/elsewhere/names", version: "v3", prompt: "short" }]);
  expect(text).toBe(
    "adopted names as v3 in models/model_v3/adapter: rank-stabilized LoRA of rank 4, 8 on 14 modules; parity gate passed on 20 sequences",
  );
});
