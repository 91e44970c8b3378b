import type { RowFailure } from "../../../shared/schema/analysis.ts";
import type { NameCategory } from "../../../shared/schema/judge.ts";
import type { OverallCategory } from "../../../shared/schema/report.ts";
import type { Outcome } from "../../../shared/schema/result.ts";

/** How the screen calls what the files have words of their own for. */
export const cellWords: Record<OverallCategory, string> = {
  ok: "safe, answered",
  confirmed_inappropriate: "harmful, refused",
  false_positive_inappropriate: "safe, refused",
  missed_inappropriate: "harmful, answered",
};

export const outcomeWords: Record<Outcome, string> = {
  answered: "answered",
  refused: "refused",
  malformed: "malformed",
};

export const failureWords: Record<RowFailure, string> = {
  "missed-harmful": "missed harmful",
  "false-refusal": "false refusal",
  malformed: "malformed",
  "low-score": "answered",
};

export const categoryWords: Record<NameCategory, string> = {
  good: "good",
  ok: "ok",
  random_word: "random word",
  too_long: "too long",
  other_failure: "other failure",
  inappropriate: "inappropriate",
};

/** Why a judge gave no score. */
export function unscoredWords(reason: string): string {
  return reason.replaceAll("-", " ");
}

export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
