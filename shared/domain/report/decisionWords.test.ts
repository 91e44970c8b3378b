import { expect, test } from "vitest";
import { DecisionSettingsSchema } from "../../schema/comparison.ts";
import { changedSettings } from "../comparison/settings.ts";
import { settingsWords } from "./decisionWords.ts";

test("settingsWords has words for every setting that can change", () => {
  const preset = DecisionSettingsSchema.parse({});
  const unset = (block: object) => Object.fromEntries(Object.keys(block).map((field) => [field, Number.NaN]));
  const every = changedSettings(preset, {
    ...preset,
    margins: unset(preset.margins) as typeof preset.margins,
    limits: unset(preset.limits) as typeof preset.limits,
    costs: unset(preset.costs) as typeof preset.costs,
    prevalence: 0.5,
    lookBudget: preset.lookBudget + 1,
  });
  expect(every).toHaveLength(12);
  const words = settingsWords(every);
  for (const field of every) if (field !== "prevalence") expect(words).not.toContain(field);
  expect(settingsWords(["margins.missedHarmfulRate"])).toBe(
    "Decided with changed settings: missed-harmful margin.",
  );
});
