import { useState } from "react";
import { type Settings, type SettingsChange, SettingsChangeSchema } from "../../../shared/schema/settings.ts";
import { messages } from "./messages.ts";

interface Draft {
  readonly baseUrl: string;
  readonly model: string;
  readonly input: string;
  readonly output: string;
}

const own = (source: string) => source === "settings";

function draftOf({ baseUrl, model, prices }: Settings["judge"]): Draft {
  return {
    baseUrl: baseUrl.source === "default" ? "" : baseUrl.value,
    model: model.value ?? "",
    input: prices.source === "default" ? "" : String(prices.value?.input ?? ""),
    output: prices.source === "default" ? "" : String(prices.value?.output ?? ""),
  };
}

function pricesOf({ input, output }: Draft) {
  return input.trim() === "" && output.trim() === ""
    ? null
    : { input: Number(input), output: Number(output) };
}

/** Returns the draft as a change, without the values set in the environment. */
function changeOf(draft: Draft, { baseUrl, model, prices }: Settings["judge"]): SettingsChange {
  const free = (source: string) => own(source) || source === "default";
  return {
    judge: {
      ...(free(baseUrl.source) ? { baseUrl: draft.baseUrl.trim() === "" ? null : draft.baseUrl.trim() } : {}),
      ...(free(model.source) ? { model: draft.model.trim() === "" ? null : draft.model.trim() } : {}),
      ...(free(prices.source) ? { prices: pricesOf(draft) } : {}),
    },
  };
}

/** Holds the judge form: its draft, the error of each field, and the change to save. */
export function useJudgeForm(judge: Settings["judge"]) {
  const initial = draftOf(judge);
  const [draft, setDraft] = useState(initial);
  const change = changeOf(draft, judge);
  const parsed = SettingsChangeSchema.safeParse(change);
  const errors = new Map(parsed.error?.issues.map(({ path, message }) => [path.slice(1, 2).join(), message]));
  if ((draft.input.trim() === "") !== (draft.output.trim() === ""))
    errors.set("prices", messages.judge.bothPrices);
  return {
    draft,
    set: (field: keyof Draft, value: string) => setDraft((before) => ({ ...before, [field]: value })),
    errorOf: (field: "baseUrl" | "model" | "prices") => errors.get(field) ?? null,
    changed: JSON.stringify(draft) !== JSON.stringify(initial),
    change: errors.size === 0 ? change : null,
    reset: () => setDraft(initial),
  };
}
