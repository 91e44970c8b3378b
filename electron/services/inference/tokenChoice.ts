import type { TokenChoice } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";

/** Returns how the engine picks tokens. Under a grammar, `refusalLine` is a refusal too, besides no text at all. */
export function tokenChoice(
  { temperature, maxTokens, grammar }: Pick<Decoding, "temperature" | "maxTokens" | "grammar">,
  refusalLine: string | null,
): TokenChoice {
  const choice = { temperature, maxTokens };
  return grammar === "names" ? { ...choice, grammar: { refusalLine } } : choice;
}
