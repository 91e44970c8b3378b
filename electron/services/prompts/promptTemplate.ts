import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";

/**
 * Reads the prompt template and its SHA-256. The template holds `{description}` exactly once.
 * @throws Failure `bad-value` when it does not
 */
export async function readPromptTemplate(
  files: FileLayer,
  resources: string,
): Promise<{ template: string; hash: string }> {
  const file = path.join(resources, "prompts", "suggest.txt");
  const template = (await files.readText(file)).replace(/\r?\n$/, "");
  if (template.split("{description}").length !== 2) {
    throw new Failure("bad-value", `${file} must contain {description} exactly once`, {
      file,
      hint: "Restore the file from Git.",
    });
  }
  return { template, hash: sha256(template) };
}

/** Returns the prompt for one description, inserted verbatim. */
export function promptFor(template: string, description: string): string {
  return template.replace("{description}", () => description);
}

/** Returns the text before the description, which every prompt shares. */
export function sharedPrefixOf(template: string): string {
  return template.slice(0, template.indexOf("{description}"));
}
