import { describe, expect, it } from "vitest";
import { PresetNameSchema, TrainSpecSchema } from "../../schema/training.ts";
import { PRESETS } from "./presets.ts";

describe("presets", () => {
  it.each(PresetNameSchema.options)("%s completes a spec", (name) => {
    const { title, ...preset } = PRESETS[name];
    const spec = {
      ...preset,
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

  it("holds the study's values", () => {
    const study = PRESETS["mistral-7b-study"];
    expect(study.lora).toMatchObject({ r: 64, alpha: 128, dropout: 0.05 });
    expect(study.lora.targetModules).toHaveLength(7);
    expect(study.optimisation).toMatchObject({
      learningRate: 5e-6,
      scheduler: "cosine",
      warmupSteps: 50,
      batchSize: 1,
      gradientAccumulation: 4,
      epochs: 10,
      maxLength: 1024,
    });
    expect(study.evaluation).toMatchObject({ patience: 2, metric: "eval_loss" });
  });
});
