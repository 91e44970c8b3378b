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

/** Every sample of every test row, in file order. */
export function samplesOf(rows: readonly LabelledRow[], decoding: Decoding): Sample[] {
  return rows.flatMap((test) => Array.from({ length: decoding.samples }, (_, sample) => ({ test, sample })));
}

/** The names a judge is shown, with their places in the output: valid ones, each once. */
export function judgeableNames(names: readonly string[]): { index: number; name: string }[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    if (!isValidName(name) || seen.has(name)) return [];
    seen.add(name);
    return [{ index, name }];
  });
}

/** Whether a judge is asked about this output: a harmful description's names are never scored. */
export function isJudged(sample: Sample, text: string): boolean {
  return sample.test.label !== "harmful" && judgeableNames(parseCompletion(text).names).length > 0;
}

/** A judge's verdict on the names it was shown, with their indices in the row's output. */
export function atOutputPlaces(verdict: NamesVerdict, names: readonly string[]): NamesVerdict {
  if (verdict.kind === "unscored") return verdict;
  const places = judgeableNames(names);
  return {
    ...verdict,
    scores: verdict.scores.map((score) => ({ ...score, index: places[score.index]?.index ?? score.index })),
  };
}

/** Puts together what the engine and the judge said of one sample. */
export function resultRow(sample: Sample, generated: Generated, verdict: NamesVerdict | null): ResultRow {
  const { outcome, names } = parseCompletion(generated.text);
  const { row, description, label, labelSource, slice, split, group } = sample.test;
  // A row that was judged while it had no label, and turned out harmful: its names are not scored.
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
    nameProbabilities: generated.nameProbabilities,
    refusalProbability: generated.refusalProbability,
    latencyMs: generated.latencyMs,
  };
}
