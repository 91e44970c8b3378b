import { namingBounds } from "./rules.ts";

/** Writes the naming rules as a list that a prompt shows to a model. */
export function namingRuleText(): string {
  const { minLength, maxLength, namesPerRow } = namingBounds;
  return [
    `Write exactly ${namesPerRow} different names, one per line.`,
    `A name has ${minLength} to ${maxLength} characters: only a–z, 0–9 and hyphens.`,
    "No hyphen at the start or end, and never two in a row.",
    "No top-level domain such as .com.",
  ]
    .map((rule) => `- ${rule}`)
    .join("\n");
}
