import type { TokenChoice } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";

/** Returns how the engine picks tokens for a decoding. */
export function tokenChoice({
  temperature,
  maxTokens,
  grammar,
}: Pick<Decoding, "temperature" | "maxTokens" | "grammar">): TokenChoice {
  return { temperature, maxTokens, ...(grammar === "names" ? { grammar: { refusalLine: null } } : {}) };
}
