import path from "node:path";
import { describe, expect, it } from "vitest";
import { readJudgeSettings } from "../judge/settings.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { createMeter } from "./meter.ts";
import { readPrices } from "./prices.ts";

const reading = (settings: Record<string, string>) => (name: string) => settings[name];

describe("the price table", () => {
  it("is valid as shipped and contains no model that costs money", async () => {
    const { files, pricesFile } = await judgeDependencies("http://127.0.0.1:9/v1");
    expect([...(await readPrices(files, pricesFile))]).toEqual([
      ["example-local-model", { input: 0, output: 0 }],
    ]);
  });

  it("is empty without a file, and an invalid file is named", async () => {
    const { files, folder } = await judgeDependencies("http://127.0.0.1:9/v1");
    const file = path.join(folder, "prices.json");
    expect((await readPrices(files, file)).size).toBe(0);
    for (const text of ["{", '{"about":[],"models":{"m":{"input":"1","output":2}}}']) {
      await files.writeAtomic(file, text);
      await expect(readPrices(files, file)).rejects.toMatchObject({ code: "bad-value", place: { file } });
    }
  });

  it("is overridden by the two price settings, which must be set together", () => {
    const table = new Map([["m", { input: 1, output: 2 }]]);
    const model = { NAMEWRIGHT_JUDGE_MODEL: "m" };
    expect(readJudgeSettings(reading(model), table).prices).toEqual({ input: 1, output: 2 });
    const input = { ...model, NAMEWRIGHT_JUDGE_PRICE_INPUT: "3" };
    expect(() => readJudgeSettings(reading(input), table)).toThrow("only one");
    const both = { ...input, NAMEWRIGHT_JUDGE_PRICE_OUTPUT: "4" };
    expect(readJudgeSettings(reading(both), table).prices).toEqual({ input: 3, output: 4 });
    expect(readJudgeSettings(reading({ NAMEWRIGHT_JUDGE_MODEL: "n" }), table).prices).toBeNull();
  });

  it("must contain the model for a maximum cost", () => {
    expect(() => createMeter(null, { maxCost: 1 })).toThrow(expect.objectContaining({ code: "missing" }));
    const counted = createMeter(null, { maxCalls: 1 });
    const request = { system: "", user: "", schemaName: "names", schema: {} };
    expect(counted.admit(request, 10)).not.toBeNull();
    expect(counted.admit(request, 10)).toBeNull();
  });
});
