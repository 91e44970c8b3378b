import { refuseUntrainable } from "../../../shared/domain/prompt/template.ts";
import { openPrompt, type PromptPlace } from "./promptStore.ts";

/**
 * Opens a prompt as the trainer takes it: a template with `{description}`.
 * @throws Failure `bad-value` when it contains more than the description
 */
export async function trainingPrompt(
  place: PromptPlace,
  name = "suggest",
): Promise<{ template: string; hash: string }> {
  const { template, hash } = await openPrompt(place, name);
  refuseUntrainable(template, name);
  return { template: template.text, hash };
}
