import { describe, expect, it } from "vitest";
import { PresetNameSchema, TrainSpecSchema } from "../../schema/training.ts";
import { PRESETS } from "./presets.ts";

describe("presets", () => {
  it.each(PresetNameSchema.options)("%s completes a spec", (name) => {
    const { title, ...preset } = PRESETS[name];
    const spec = {
      ...preset,
      // The plan decides what a preset leaves to it.
      optimisation: { ...preset.optimisation, gradientCheckpointing: true },
      base: { kind: "folder", name: "base", dir: "/base" },
      rowsPath: "/rows.jsonl",
      promptTemplate: "Suggest five domain names for this business: {description}",
      outDir: "/out",
      preset: name,
      device: "auto",
      seed: 1,
      resume: false,
    };
    expect(title).not.toBe("");
    expect(TrainSpecSchema.parse(spec)).toEqual(spec);
  });

  it("select a 7B's checkpoint by the cost of its decisions", () => {
    const metrics = PresetNameSchema.options.map((name) => [name, PRESETS[name].evaluation.metric]);
    expect(Object.fromEntries(metrics)).toEqual({
      embedded: "eval_loss",
      "mistral-7b-study": "expected_cost",
      "mistral-7b": "expected_cost",
      "mistral-7b-qlora": "expected_cost",
    });
  });

  it("reads a spec of an earlier version as what it trained", () => {
    const { title: _title, attention: _attention, ...preset } = PRESETS.embedded;
    const { rslora: _rslora, dora: _dora, init: _init, ...lora } = preset.lora;
    const { minLearningRate, optimizer, neftuneNoiseAlpha, refusalWeight, ...optimisation } =
      preset.optimisation;
    const { batchSize, missedHarmCost, falseAlarmCost, ...evaluation } = preset.evaluation;
    const earlier = TrainSpecSchema.pick({ lora: true, optimisation: true, evaluation: true }).parse({
      lora,
      optimisation,
      evaluation,
    });
    expect(earlier).toEqual({
      lora: { ...lora, rslora: false, dora: false, init: "default" },
      optimisation: {
        ...optimisation,
        minLearningRate,
        optimizer: "adamw_torch",
        neftuneNoiseAlpha,
        refusalWeight,
      },
      evaluation: { ...evaluation, batchSize, missedHarmCost, falseAlarmCost },
    });
  });
});
