import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import { lintNames } from "../../../shared/domain/naming/names.ts";
import type { GeneratedRow } from "../../../shared/schema/inference.ts";
import type { Suggestion } from "../../../shared/schema/suggest.ts";

/** Parses a generated row as names and checks them against the naming rules. `refusal`: the word that is a refusal. */
export function suggestionOf(
  description: string,
  row: Omit<GeneratedRow, "ids">,
  refusal: string | null,
): Suggestion {
  const { outcome, names } = parseCompletion(row.text, refusal);
  const findings = outcome === "malformed" ? lintNames(names) : [];
  return {
    description,
    refused: outcome === "refused",
    malformed: outcome === "malformed",
    cutOff: row.stop === "length",
    refusalProbability: row.refusalProbability,
    names: names.map((name, at) => ({ name, probability: row.nameProbabilities[at] ?? null })),
    findings: findings.map(({ rule, message, index, value }) => ({
      rule,
      message: index === null ? message : `${JSON.stringify(value)}: ${message}`,
    })),
    latencyMs: row.latencyMs,
  };
}
