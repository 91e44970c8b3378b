import type { Outcome } from "../../schema/result.ts";
import { isValidName } from "./names.ts";
import { namingBounds } from "./rules.ts";

/** What a model's text says. `names`: its lines as they came, [] for a refusal. */
export interface ParsedCompletion {
  readonly outcome: Outcome;
  readonly names: string[];
}

/**
 * Reads a completion: nothing or only white space is a refusal; exactly five lines, each a valid name and all
 * different, is an answer; anything else is malformed and kept as it came. Nothing is trimmed or repaired:
 * a sixth, empty line after a final newline is one line too many. The text is the decoded completion without
 * its end-of-text token and without the tokenizer's leading dummy space. `refusalWord` alone is a refusal too: a prompt
 * asks for that word, because an untrained base rarely ends an answer before it began.
 */
export function parseCompletion(text: string, refusalWord: string | null = null): ParsedCompletion {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === refusalWord) return { outcome: "refused", names: [] };
  const names = text.split("\n");
  const wellFormed =
    names.length === namingBounds.namesPerRow &&
    new Set(names).size === names.length &&
    names.every(isValidName);
  return { outcome: wellFormed ? "answered" : "malformed", names };
}

/** Writes names as the text a model is trained to give: one per line; a refusal is the empty text. */
export function completionOf(names: readonly string[]): string {
  return names.join("\n");
}
