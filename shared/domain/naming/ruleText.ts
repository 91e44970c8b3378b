import { namingBounds } from "./rules.ts";

/** Writes the naming rules as a list that a prompt shows to a model. */
export function namingRuleText(): string {
  const { minLength, maxLength, namesPerRow } = namingBounds;
  return [
    `Write exactly ${namesPerRow} names, one per line, all different.`,
    `Each name has ${minLength} to ${maxLength} characters: only lowercase letters a–z, digits and hyphens.`,
    "A name doesn't start or end with a hyphen, and never has two hyphens in a row.",
    "A name has no top-level domain, such as .com.",
  ]
    .map((rule) => `- ${rule}`)
    .join("\n");
}
