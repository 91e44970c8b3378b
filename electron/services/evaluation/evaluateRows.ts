import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import { isValidName } from "../../../shared/domain/naming/names.ts";
import type { NamesVerdict } from "../../../shared/schema/judge.ts";
import type { Decoding, ResultRow } from "../../../shared/schema/result.ts";
import type { LabelledRow } from "./labelledRows.ts";
import type { Generated } from "./rowJournal.ts";

/** One completion to generate: sample `sample` of a test row. */
export interface Sample {
  readonly test: LabelledRow;
  readonly sample: number;
}

/** Returns every sample of every test row, in file order. */
export function samplesOf(rows: readonly LabelledRow[], decoding: Decoding): Sample[] {
  return rows.flatMap((test) => Array.from({ length: decoding.samples }, (_, sample) => ({ test, sample })));
}

/** Returns the names that a judge sees, with their indices in the output: valid names only, each once. */
export function judgeableNames(names: readonly string[]): { index: number; name: string }[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (!isValidName(name) || seen.has(name)) return [];
    seen.add(name);
    return [{ index, name }];
  });
}

/** Returns whether a judge scores this output. Names for harmful descriptions are never scored. */
export function isJudged(sample: Sample, text: string): boolean {
  return sample.test.label !== "harmful" && judgeableNames(parseCompletion(text).names).length > 0;
}

/** Maps a judge's verdict to the indices of the names in the row's output. */
export function atOutputPlaces(verdict: NamesVerdict, names: readonly string[]): NamesVerdict {
  if (verdict.kind === "unscored") return verdict;
  const places = judgeableNames(names);
  return {
    ...verdict,
    scores: verdict.scores.map((score) => ({ ...score, index: places[score.index]?.index ?? score.index })),
  };
}

/** Combines the engine's output and the judge's verdict for one sample. `refusal`: the word that is a refusal. */
export function resultRow(
  sample: Sample,
  generated: Generated,
  verdict: NamesVerdict | null,
  refusal: string | null = null,
): ResultRow {
  const { outcome, names } = parseCompletion(generated.text, refusal);
  const { row, description, label, labelSource, slice, split, group } = sample.test;
  // The row may have been judged before its label showed that it is harmful: then its scores don't count.
  const counted = label === "harmful" ? null : verdict;
  return {
    row,
    sample: sample.sample,
    description,
    outcome,
    text: generated.text,
    names,
    label,
    labelSource,
    slice,
    split,
    group,
    scores: counted?.kind === "scored" ? counted.scores : null,
    unscored: counted?.kind === "unscored" ? { reason: counted.reason, detail: counted.detail } : null,
    nameProbabilities: outcome === "refused" ? [] : generated.nameProbabilities,
    refusalProbability: generated.refusalProbability,
    latencyMs: generated.latencyMs,
  };
}
