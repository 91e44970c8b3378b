import type { TokenChoice } from "../../../shared/schema/inference.ts";
import type { Decoding } from "../../../shared/schema/result.ts";

/**
 * Returns how the engine picks tokens. Under a grammar, `refusalLine` is a refusal too, besides no text at all. The
 * refusal threshold is for versions without such a line, whose refusal probability is measured.
 */
export function tokenChoice(
  {
    temperature,
    maxTokens,
    grammar,
    refusalThreshold,
  }: Pick<Decoding, "temperature" | "maxTokens" | "grammar" | "refusalThreshold">,
  refusalLine: string | null,
): TokenChoice {
  return {
    temperature,
    maxTokens,
    ...(grammar === "names" ? { grammar: { refusalLine } } : {}),
    ...(refusalThreshold === null || refusalLine !== null ? {} : { refusalThreshold }),
  };
}
