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
});
