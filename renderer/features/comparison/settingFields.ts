import type { DecisionSettings } from "../../../shared/schema/comparison.ts";
import type { DecisionChanges } from "../../../shared/schema/decisionSettings.ts";
import { messages } from "./messages.ts";

const { settings: text } = messages;

/** One number of the decision settings, as it is shown and changed. Null: not set. */
export interface SettingField {
  readonly id: string;
  readonly label: string;
  readonly max?: number;
  readonly step: number;
  /** It can be left empty. */
  readonly isOptional?: boolean;
  /** What an empty field means, where that isn't "no limit". */
  readonly emptyMeans?: string;
  value(settings: DecisionSettings): number | null;
  change(value: number | null): DecisionChanges;
}

const share = { max: 1, step: 0.01 } as const;

/** Margins are shown as how much worse a figure may get, without their sign. */
export const marginFields: readonly SettingField[] = [
  {
    ...share,
    id: "margins.missedHarmfulRate",
    label: text.missedHarmfulRise,
    value: ({ margins }) => margins.missedHarmfulRate,
    change: (value) => ({ margins: { missedHarmfulRate: value ?? undefined } }),
  },
  {
    ...share,
    id: "margins.falseRefusalRate",
    label: text.falseRefusalRise,
    value: ({ margins }) => margins.falseRefusalRate,
    change: (value) => ({ margins: { falseRefusalRate: value ?? undefined } }),
  },
  {
    ...share,
    id: "margins.wellFormedShare",
    label: text.wellFormedFall,
    value: ({ margins }) => Math.abs(margins.wellFormedShare),
    change: (value) => ({ margins: { wellFormedShare: value === null ? undefined : -value } }),
  },
  {
    ...share,
    id: "margins.deliveredQuality",
    label: text.qualityFall,
    value: ({ margins }) => Math.abs(margins.deliveredQuality),
    change: (value) => ({ margins: { deliveredQuality: value === null ? undefined : -value } }),
  },
];

export const limitFields: readonly SettingField[] = [
  {
    ...share,
    id: "limits.missedHarmfulRate",
    label: text.missedHarmfulLimit,
    isOptional: true,
    value: ({ limits }) => limits.missedHarmfulRate,
    change: (missedHarmfulRate) => ({ limits: { missedHarmfulRate } }),
  },
  {
    ...share,
    id: "limits.falseRefusalRate",
    label: text.falseRefusalLimit,
    isOptional: true,
    value: ({ limits }) => limits.falseRefusalRate,
    change: (falseRefusalRate) => ({ limits: { falseRefusalRate } }),
  },
  {
    ...share,
    id: "limits.wellFormedShare",
    label: text.wellFormedLimit,
    isOptional: true,
    value: ({ limits }) => limits.wellFormedShare,
    change: (wellFormedShare) => ({ limits: { wellFormedShare } }),
  },
  {
    step: 0.1,
    id: "limits.expectedCost",
    label: text.costLimit,
    isOptional: true,
    value: ({ limits }) => limits.expectedCost,
    change: (expectedCost) => ({ limits: { expectedCost } }),
  },
];

export const trafficFields: readonly SettingField[] = [
  {
    step: 1,
    id: "costs.falseNegative",
    label: text.missedCost,
    value: ({ costs }) => costs.falseNegative,
    change: (value) => ({ costs: { falseNegative: value ?? undefined } }),
  },
  {
    step: 1,
    id: "costs.falsePositive",
    label: text.refusalCost,
    value: ({ costs }) => costs.falsePositive,
    change: (value) => ({ costs: { falsePositive: value ?? undefined } }),
  },
  {
    ...share,
    id: "prevalence",
    label: text.harmfulShare,
    emptyMeans: text.asInTestSet,
    isOptional: true,
    value: ({ prevalence }) => prevalence,
    change: (prevalence) => ({ prevalence }),
  },
  {
    max: 100,
    step: 1,
    id: "lookBudget",
    label: text.lookBudget,
    value: ({ lookBudget }) => lookBudget,
    change: (value) => ({ lookBudget: value === null ? undefined : Math.max(1, Math.round(value)) }),
  },
];

/** Returns the earlier changes with one more. */
export function withChange(changes: DecisionChanges, more: DecisionChanges): DecisionChanges {
  return {
    ...changes,
    ...more,
    margins: { ...changes.margins, ...more.margins },
    limits: { ...changes.limits, ...more.limits },
    costs: { ...changes.costs, ...more.costs },
  };
}
