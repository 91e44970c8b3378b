import { type TrainingOverrides, TrainingOverridesSchema, type TrainSpec } from "../../schema/training.ts";
import { Failure } from "../failure.ts";
import { issueWords } from "../issueWords.ts";
import { TRAINING_FIELDS, type TrainingField } from "./fields.ts";
import type { Preset } from "./presets.ts";

/** What a training is set to: a preset's settings, the overrides put in, and the device. */
export type TrainingSettings = Omit<Preset, "title"> & { readonly device: "auto" | "cpu" | "cuda" | "mps" };

/** Settings that leave nothing to the plan. */
export type DecidedSettings = TrainingSettings & Pick<TrainSpec, "optimisation">;

/** Without the keys whose value is undefined: they are left as they were. */
function given<Value extends object>(
  value: Value | undefined,
): { [Key in keyof Value]-?: Exclude<Value[Key], undefined> } {
  const entries = Object.entries(value ?? {}).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Value]-?: Exclude<Value[Key], undefined> };
}

/** The preset's settings with the overrides in their place. */
export function withOverrides(
  { title: _title, ...preset }: Preset,
  overrides: TrainingOverrides,
): TrainingSettings {
  return {
    ...preset,
    lora: { ...preset.lora, ...given(overrides.lora) },
    optimisation: { ...preset.optimisation, ...given(overrides.optimisation) },
    evaluation: { ...preset.evaluation, ...given(overrides.evaluation) },
    parity: { ...preset.parity, ...given(overrides.parity) },
    precision: overrides.precision ?? preset.precision,
    attention: overrides.attention ?? preset.attention,
    device: overrides.device ?? "auto",
    threads: overrides.threads === undefined ? preset.threads : overrides.threads,
    workers: overrides.workers ?? preset.workers,
  };
}

/** The value at a field's place (`optimisation.learningRate`); undefined where there is none. */
export function valueAt(settings: object, id: string): unknown {
  let value: unknown = settings;
  for (const key of id.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Overrides with one value put in at a field's place; undefined takes it out. */
export function withValue(overrides: TrainingOverrides, id: string, value: unknown): TrainingOverrides {
  const [group = "", key] = id.split(".");
  const before = overrides as Record<string, unknown>;
  if (key === undefined) return given({ ...before, [group]: value }) as TrainingOverrides;
  const inner = given({ ...(before[group] as object | undefined), [key]: value });
  const rest = Object.keys(inner).length === 0 ? undefined : inner;
  return given({ ...before, [group]: rest }) as TrainingOverrides;
}

/** As `--set` takes it: `optimisation.learningRate=0.0001`, one for each value, in the fields' order. */
export function overrideWords(overrides: TrainingOverrides): string[] {
  return TRAINING_FIELDS.flatMap(({ id }) => {
    const value = valueAt(overrides, id);
    if (value === undefined) return [];
    return [`${id}=${value === null ? "none" : Array.isArray(value) ? value.join(",") : String(value)}`];
  });
}

function usage(message: string, hint: string): Failure {
  return new Failure("usage", message, { hint });
}

function parsed({ id, entry }: TrainingField, text: string): unknown {
  const number = Number(text);
  switch (entry.kind) {
    case "number":
      if (text.trim() === "" || !Number.isFinite(number))
        throw usage(`${id} must be a number`, `Example: --set ${id}=1.`);
      return number;
    case "optional-number":
      if (text === "none") return null;
      if (!Number.isFinite(number))
        throw usage(`${id} must be a number or none`, `Example: --set ${id}=none.`);
      return number;
    case "auto-switch":
      if (text === "auto") return text;
      if (text === "true" || text === "false") return text === "true";
      throw usage(`${id} must be auto, true or false`, `Example: --set ${id}=auto.`);
    case "switch":
      if (text === "true" || text === "false") return text === "true";
      throw usage(`${id} must be true or false`, `Example: --set ${id}=true.`);
    case "choices":
      return text.split(",");
    case "choice":
      return text;
  }
}

/** The overrides that `--set` words mean. @throws Failure `usage` for a name that is none or a value out of bounds. */
export function overridesFrom(words: readonly string[]): TrainingOverrides {
  let overrides: TrainingOverrides = {};
  for (const word of words) {
    const at = word.indexOf("=");
    const name = word.slice(0, at);
    const field = TRAINING_FIELDS.find(({ id }) => id === name);
    if (field === undefined) {
      throw usage(
        `--set ${word}: unknown training setting`,
        `Training settings: ${TRAINING_FIELDS.map(({ id }) => id).join(", ")}.`,
      );
    }
    overrides = withValue(overrides, field.id, parsed(field, word.slice(at + 1)));
  }
  const checked = TrainingOverridesSchema.safeParse(overrides);
  if (checked.success) return checked.data;
  throw usage(`--set: ${issueWords(checked.error, overrides)}`, "Add --help for usage.");
}
