import { overridesFrom, overrideWords, withValue } from "../../../shared/domain/training/overrides.ts";
import { PromptNameSchema } from "../../../shared/schema/prompt.ts";
import { PresetNameSchema, type TrainingOverrides } from "../../../shared/schema/training.ts";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { mostSeeds } from "../../../shared/schema/workspace.ts";
import { useSearchParams } from "../../ui/useSearchParams.ts";

/** Returns the overrides in a URL parameter; none if it is invalid. */
function overridesIn(text: string): TrainingOverrides {
  try {
    return text === "" ? {} : overridesFrom(text.split(";"));
  } catch {
    return {};
  }
}

/** Keeps the configured training in the URL, so that it survives a reload and can be shared. */
export function useTrainingRequest(versions: readonly string[]) {
  const [params, setParams] = useSearchParams();
  const seed = params.get("seed") ?? "";
  const seeds = Number(params.get("seeds") ?? 1);
  const overrides = overridesIn(params.get("set") ?? "");
  const request: TrainingRequest = {
    version: params.get("version") ?? versions.at(-1) ?? "v1",
    preset: PresetNameSchema.safeParse(params.get("preset")).data ?? null,
    seed: /^\d+$/.test(seed) ? Number(seed) : 1,
    epochs: null,
    fastestBatch: params.get("fastest") === "1",
    anyway: params.get("anyway") === "1",
    overrides,
    prompt: PromptNameSchema.safeParse(params.get("prompt")).data ?? "suggest",
  };
  /** Sets all values in one step: a second step would start from the old URL and lose the first. */
  const put = (values: Readonly<Record<string, string>>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) {
          if (value === "") next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true },
    );
  return {
    request,
    /** How many seeds to train, from the request's on. */
    seeds: Number.isInteger(seeds) && seeds >= 1 && seeds <= mostSeeds ? seeds : 1,
    setSeeds: (chosen: number) => put({ seeds: chosen === 1 ? "" : String(chosen) }),
    setVersion: (version: string) => put({ version }),
    setPrompt: (prompt: string) => put({ prompt }),
    setSeed: (chosen: number) => put({ seed: String(chosen) }),
    setFastestBatch: (on: boolean) => put({ fastest: on ? "1" : "" }),
    setAnyway: (on: boolean) => put({ anyway: on ? "1" : "" }),
    /** Selects a preset and resets all fields to its values. */
    setPreset: (preset: string) => put({ preset, set: "" }),
    /** Overrides a field of the preset; undefined resets it. */
    setField: (id: string, value: unknown) =>
      put({ set: overrideWords(withValue(overrides, id, value)).join(";") }),
    reset: () => put({ set: "" }),
  };
}
