import { expect, it } from "vitest";
import { TrainSpecSchema } from "../../schema/training.ts";
import { TRAINING_FIELDS } from "./fields.ts";
import { overridesFrom, overrideWords, valueAt, withOverrides, withValue } from "./overrides.ts";
import { PRESETS } from "./presets.ts";

it("every form field is in every preset with a value that the form can show", () => {
  for (const preset of Object.values(PRESETS)) {
    const settings = withOverrides(preset, {});
    for (const { id, entry } of TRAINING_FIELDS) {
      const value = valueAt(settings, id);
      expect(value, id).not.toBe(undefined);
      if (entry.kind === "choice") expect(entry.choices).toContain(value);
      if (entry.kind === "number") expect(value).toBeGreaterThanOrEqual(entry.min);
      if (entry.kind === "switch") expect(typeof value).toBe("boolean");
      if (entry.kind === "auto-switch") expect([true, false, "auto"]).toContain(value);
    }
  }
});

it("every setting that the user can choose has a field", () => {
  const { lora, optimisation, evaluation, parity } = TrainSpecSchema.shape;
  const ids = new Set(TRAINING_FIELDS.map(({ id }) => id));
  const own = [
    ...Object.keys(lora.shape).map((key) => `lora.${key}`),
    ...Object.keys(optimisation.shape).map((key) => `optimisation.${key}`),
    ...Object.keys(evaluation.shape).map((key) => `evaluation.${key}`),
    ...Object.keys(parity.shape).map((key) => `parity.${key}`),
  ];
  // How long a checked completion may be is the evaluation's, not a training's to choose. The gate's verdict has no
  // setting.
  expect(own.filter((id) => !ids.has(id))).toEqual(["evaluation.maxNewTokens", "parity.top"]);
});

it("applies overrides and keeps other values", () => {
  const set = withOverrides(PRESETS.embedded, {
    optimisation: { learningRate: 1e-4 },
    lora: { r: 8, alpha: undefined },
    parity: { sequences: 4 },
    threads: null,
  });
  expect(set.parity).toEqual({ ...PRESETS.embedded.parity, sequences: 4 });
  expect(set.optimisation).toEqual({ ...PRESETS.embedded.optimisation, learningRate: 1e-4 });
  expect(set.lora).toEqual({ ...PRESETS.embedded.lora, r: 8 });
  expect(set.threads).toBeNull();
  expect(set.device).toBe("auto");
});

it("writes overrides as arguments and parses them back", () => {
  const words = [
    "lora.targetModules=q_proj,v_proj",
    "optimisation.learningRate=0.0001",
    "optimisation.gradientCheckpointing=true",
    "optimisation.refusalWeight=4",
    "evaluation.steps=none",
    "parity.sequences=8",
    "device=cpu",
  ];
  expect(overrideWords(overridesFrom(words))).toEqual(words);
});

it.each([true, false, "auto"])("sets gradient checkpointing to %s", (value) => {
  const overrides = overridesFrom([`optimisation.gradientCheckpointing=${value}`]);
  expect(overrides).toEqual({ optimisation: { gradientCheckpointing: value } });
  expect(withOverrides(PRESETS["mistral-7b"], overrides).optimisation.gradientCheckpointing).toBe(value);
});

it("adds nothing to an override that sets one value", () => {
  expect(overridesFrom(["lora.r=8", "evaluation.patience=3"])).toEqual({
    lora: { r: 8 },
    evaluation: { patience: 3 },
  });
});

it.each(["pissa", "loftq"])("says why %s can't be chosen", (init) => {
  expect(() => overridesFrom([`lora.init=${init}`])).toThrow(/change the base model's weights/);
});

it("turns DoRA on", () => {
  const overrides = overridesFrom(["lora.dora=true"]);
  expect(withOverrides(PRESETS.embedded, overrides).lora).toEqual({ ...PRESETS.embedded.lora, dora: true });
});

it("removes a value", () => {
  const one = withValue({}, "lora.r", 4);
  expect(one).toEqual({ lora: { r: 4 } });
  expect(withValue(one, "lora.r", undefined)).toEqual({});
  expect(withValue({ device: "cpu" }, "device", undefined)).toEqual({});
});

it.each(["lora.rank=4", "lora.r", "lora.r=", "lora.r=1.5", "lora.dropout=1", "device=tpu", "threads=many"])(
  "refuses --set %s",
  (word) => expect(() => overridesFrom([word])).toThrow(expect.objectContaining({ code: "usage" })),
);

it("enforces the maximum of each field", () => {
  for (const { id, entry } of TRAINING_FIELDS) {
    if (entry.kind !== "number" && entry.kind !== "optional-number") continue;
    expect(valueAt(overridesFrom([`${id}=${entry.max}`]), id)).toBe(entry.max);
    expect(() => overridesFrom([`${id}=${entry.max + 1}`])).toThrow(/must be (at most|less than) /);
  }
});
