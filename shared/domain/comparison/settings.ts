import { type DecisionSettings, DecisionSettingsSchema } from "../../schema/comparison.ts";
import type { DecisionChanges } from "../../schema/decisionSettings.ts";
import type { WorkspaceConfig } from "../../schema/workspace.ts";

/** Returns the decision settings of a workspace, or the defaults. */
export function decisionPreset(config: Pick<WorkspaceConfig, "decision">): DecisionSettings {
  return config.decision ?? DecisionSettingsSchema.parse({});
}

/** Returns the workspace's settings with the changes of one comparison. */
export function changedBy(preset: DecisionSettings, changes: DecisionChanges): DecisionSettings {
  return {
    margins: { ...preset.margins, ...defined(changes.margins ?? {}) },
    limits: { ...preset.limits, ...defined(changes.limits ?? {}) },
    costs: { ...preset.costs, ...defined(changes.costs ?? {}) },
    prevalence: changes.prevalence === undefined ? preset.prevalence : changes.prevalence,
    lookBudget: changes.lookBudget ?? preset.lookBudget,
  };
}

function defined<Fields extends object>(
  fields: Fields,
): { [name in keyof Fields]: Exclude<Fields[name], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [name in keyof Fields]: Exclude<Fields[name], undefined> };
}

/** Lists the fields that differ, such as `margins.missedHarmfulRate`. */
export function changedSettings(preset: DecisionSettings, settings: DecisionSettings): string[] {
  const differing = <Fields extends object>(block: string, one: Fields, other: Fields): string[] =>
    (Object.keys(one) as (keyof Fields & string)[])
      .filter((field) => one[field] !== other[field])
      .map((field) => `${block}.${field}`);
  return [
    ...differing("margins", preset.margins, settings.margins),
    ...differing("limits", preset.limits, settings.limits),
    ...differing("costs", preset.costs, settings.costs),
    ...(preset.prevalence === settings.prevalence ? [] : ["prevalence"]),
    ...(preset.lookBudget === settings.lookBudget ? [] : ["lookBudget"]),
  ];
}
