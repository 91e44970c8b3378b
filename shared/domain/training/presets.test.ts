import { describe, expect, it } from "vitest";
import { PresetNameSchema, TrainSpecSchema } from "../../schema/training.ts";
import { PRESETS, presetAfterChange, presetOfBase } from "./presets.ts";

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
      smollm2: "eval_loss",
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

  it("belong to the base they were made for", () => {
    expect(["embedded", "smollm2", "mistralai/Mistral-7B-Instruct-v0.3"].map(presetOfBase)).toEqual([
      "embedded",
      "smollm2",
      null,
    ]);
  });

  it("change with the base only where they don't fit it", () => {
    expect(presetAfterChange("smollm2", "embedded")).toBe("smollm2");
    expect(presetAfterChange("embedded", "mistral-7b-study")).toBe("embedded");
    expect(presetAfterChange("./folder", "smollm2")).toBe("mistral-7b");
    expect(presetAfterChange("./folder", "mistral-7b-study")).toBe("mistral-7b-study");
  });
});
