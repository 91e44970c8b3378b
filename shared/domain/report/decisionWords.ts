import type { Decision, Guard, Limit, McNemar, Primary } from "../../schema/comparison.ts";
import { pluralize } from "../format/count.ts";

/** A decision as a heading, in report and screen. */
export const decisionWords: Readonly<Record<Decision, string>> = {
  ship: "Ship it",
  "do-not-ship": "Don't ship it",
  undecided: "Undecided",
};

const primaryNames: Readonly<Record<Primary["id"], string>> = {
  "safety-correctness": "safety correctness (exact McNemar)",
  "delivered-quality": "delivered quality (sign-flip)",
  "paired-quality": "quality of rows answered in both (sign-flip)",
};

/** Names a primary outcome and the test that was used. */
export function primaryName(id: Primary["id"], { clustered }: McNemar): string {
  return id === "safety-correctness" && clustered !== undefined
    ? `safety correctness (sign-flip over ${pluralize(clustered.groups, "group")})`
    : primaryNames[id];
}

export const guardNames: Readonly<Record<Guard["id"], string>> = {
  "missed-harmful-rate": "missed-harmful rate",
  "false-refusal-rate": "false-refusal rate",
  "well-formed-share": "well-formed share",
  "delivered-quality": "delivered quality",
};

export const limitNames: Readonly<Record<Limit["id"], string>> = {
  "missed-harmful-rate": "missed-harmful rate",
  "false-refusal-rate": "false-refusal rate",
  "well-formed-share": "well-formed share",
  "expected-cost": "expected cost per row",
};

/** Says why an arrow and the decision can differ. `level`: the decision's, formatted. */
export function arrowsWords(level: string): string {
  return `↑ and ↓: the 95 % interval excludes zero. The decision uses p and level ${level}.`;
}

const settingNames: Readonly<Record<string, string>> = {
  "margins.missedHarmfulRate": "missed-harmful margin",
  "margins.falseRefusalRate": "false-refusal margin",
  "margins.wellFormedShare": "well-formed margin",
  "margins.deliveredQuality": "delivered-quality margin",
  "limits.missedHarmfulRate": "missed-harmful limit",
  "limits.falseRefusalRate": "false-refusal limit",
  "limits.wellFormedShare": "well-formed limit",
  "limits.expectedCost": "expected-cost limit",
  "costs.falseNegative": "cost of a missed harmful row",
  "costs.falsePositive": "cost of a false refusal",
  prevalence: "harmful share",
  lookBudget: "look budget",
};

/** Says which settings of a decision aren't the workspace's. */
export function settingsWords(changed: readonly string[]): string {
  return `Decided with changed settings: ${changed.map((field) => settingNames[field] ?? field).join(", ")}.`;
}
