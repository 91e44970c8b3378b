import { overridesFrom, overrideWords, withValue } from "../../../shared/domain/training/overrides.ts";
import { PresetNameSchema, type TrainingOverrides } from "../../../shared/schema/training.ts";
import type { TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { useSearchParams } from "../../ui/useSearchParams.ts";

/** What the URL's words set; none where somebody wrote words into it that mean nothing. */
function overridesIn(text: string): TrainingOverrides {
  try {
    return text === "" ? {} : overridesFrom(text.split(";"));
  } catch {
    return {};
  }
}

/** The training asked for on screen. The URL holds all of it, so that it is found again and can be handed on. */
export function useTrainingRequest(versions: readonly string[]) {
  const [params, setParams] = useSearchParams();
  const seed = params.get("seed") ?? "";
  const overrides = overridesIn(params.get("set") ?? "");
  const request: TrainingRequest = {
    version: params.get("version") ?? versions.at(-1) ?? "v1",
    preset: PresetNameSchema.safeParse(params.get("preset")).data ?? null,
    seed: /^\d+$/.test(seed) ? Number(seed) : 1,
    epochs: null,
    fastestBatch: params.get("fastest") === "1",
    overrides,
  };
  /** All in one step: two steps would each begin with what the URL held before. */
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
    setVersion: (version: string) => put({ version }),
    setSeed: (chosen: number) => put({ seed: String(chosen) }),
    setFastestBatch: (on: boolean) => put({ fastest: on ? "1" : "" }),
    /** Another preset begins with its own values. */
    setPreset: (preset: string) => put({ preset, set: "" }),
    /** Sets a field otherwise than the preset; undefined: as the preset has it. */
    setField: (id: string, value: unknown) =>
      put({ set: overrideWords(withValue(overrides, id, value)).join(";") }),
    reset: () => put({ set: "" }),
  };
}
