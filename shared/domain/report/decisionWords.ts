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

/** Says which settings of a decision aren't the workspace's. */
export function settingsWords(changed: readonly string[]): string {
  return `Not by the workspace's settings: ${changed.join(", ")}.`;
}
