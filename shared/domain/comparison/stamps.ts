import type { StampDifference, Warning } from "../../schema/comparison.ts";
import type { Stamp } from "../../schema/result.ts";
import { shortHash } from "../format/hash.ts";
import { grammarOf, isPrompted } from "../workspace/version.ts";

/** What must be equal for two results to be comparable, in words, with the code of its warning. */
const compared: readonly { code: string; field: string; of: (stamp: Stamp) => string | null }[] = [
  { code: "unequal-test-set", field: "testSet", of: (stamp) => stamp.testSet },
  { code: "unequal-base", field: "base", of: (stamp) => stamp.base },
  { code: "unequal-prompt", field: "prompt", of: (stamp) => stamp.prompt },
  { code: "unequal-prompt", field: "filledPrompt", of: (stamp) => stamp.filledPrompt ?? null },
  { code: "unequal-judge", field: "judge.kind", of: (stamp) => stamp.judge.kind },
  { code: "unequal-judge", field: "judge.scale", of: (stamp) => stamp.judge.scale },
  { code: "unequal-judge", field: "judge.model", of: (stamp) => stamp.judge.model },
  { code: "unequal-judge", field: "judge.rubric", of: (stamp) => stamp.judge.rubric },
  { code: "unequal-decoding", field: "decoding", of: (stamp) => decodingOf(stamp) },
  { code: "unequal-decoding", field: "grammar", of: (stamp) => stamp.decoding.grammar },
  {
    code: "unequal-decoding",
    field: "refusalThreshold",
    of: ({ decoding }) => decoding.refusalThreshold?.toString() ?? null,
  },
  { code: "unequal-engine", field: "engine", of: (stamp) => stamp.engine },
  { code: "unequal-precision", field: "precision", of: (stamp) => stamp.precision },
];

/** Greedy decoding draws nothing, so its seed does not count. Grammar and threshold are fields of their own. */
function decodingOf({ decoding }: Stamp): string {
  const { mode, temperature, samples, maxTokens, seed, pool } = decoding;
  return JSON.stringify(
    mode === "greedy" ? { mode, maxTokens } : { mode, temperature, samples, maxTokens, seed, pool },
  );
}

/**
 * Every field in which two stamps differ though they should not. Version, run, adapter and dataset may. Where one
 * version is prompted and the other isn't, the prompt may too: whether a prompt can replace a training is the question.
 * The refusal threshold may where only one of the versions refuses with a word, which replaces it.
 * The grammar may where it is what defines one of the versions, and the decoding where one of them is `v2+pool`.
 */
export function stampDifferences(baseline: Stamp, candidate: Stamp): StampDifference[] {
  const { prompt, filledPrompt } = baseline;
  const isFilledComparable =
    prompt === candidate.prompt && filledPrompt !== undefined && candidate.filledPrompt !== undefined;
  const differ = (of: (stamp: Stamp) => boolean) => of(baseline) !== of(candidate);
  const free = [
    ...(differ(({ version }) => isPrompted(version)) ? ["prompt", "filledPrompt"] : []),
    // A different prompt is one difference, and older stamps don't tell how theirs was filled in.
    ...(isFilledComparable ? [] : ["filledPrompt"]),
    ...(thresholdsDefine(baseline, candidate) ? ["refusalThreshold"] : []),
    ...(differ(({ promptUse }) => typeof promptUse?.refusal === "string") ? ["refusalThreshold"] : []),
    ...(differ(({ version }) => grammarOf(version, "none") !== "none") ? ["grammar"] : []),
    ...(poolDefines(baseline, candidate) ? ["decoding"] : []),
  ];
  return compared
    .filter(({ field }) => !free.includes(field))
    .map(({ field, of }) => ({ field, baseline: of(baseline), candidate: of(candidate) }))
    .filter((difference) => difference.baseline !== difference.candidate);
}

const isPool = ({ decoding }: Stamp): boolean => decoding.mode === "best-of-pool";

/** Whether one version is defined by its decoding as best of pool, and the other one is greedy with the same limit. */
function poolDefines(baseline: Stamp, candidate: Stamp): boolean {
  const [one, other] = [baseline.decoding, candidate.decoding];
  const isGreedy = one.mode === "greedy" || other.mode === "greedy";
  return isPool(baseline) !== isPool(candidate) && isGreedy && one.maxTokens === other.maxTokens;
}

/** Returns a note where best of pool is part of what is compared. */
export function poolNote(baseline: Stamp | null, candidate: Stamp | null): Warning[] {
  if (baseline === null || candidate === null || !poolDefines(baseline, candidate)) return [];
  const side = isPool(candidate) ? "candidate" : "baseline";
  const model = baseline.adapter === candidate.adapter ? "decoding" : "model and decoding together";
  const message = `The names of the ${side} are the best of several completions, so the comparison is of ${model}.`;
  return [{ code: "best-of-pool", message }];
}

/**
 * Whether the refusal threshold is part of what defines the two versions: both were chosen, or both results are of one
 * version, whose thresholds are then the question. Where best of pool is the question, the thresholds aren't.
 */
function thresholdsDefine(baseline: Stamp, candidate: Stamp): boolean {
  const isChosen = ({ thresholdFrom = "workspace" }: Stamp) => thresholdFrom !== "workspace";
  const isSameModel =
    baseline.version === candidate.version &&
    baseline.adapter === candidate.adapter &&
    isPool(baseline) === isPool(candidate);
  return isSameModel || (isChosen(baseline) && isChosen(candidate));
}

/** Returns a note where two thresholds differ as part of their versions. */
export function thresholdNote(baseline: Stamp | null, candidate: Stamp | null): Warning[] {
  if (baseline === null || candidate === null || !thresholdsDefine(baseline, candidate)) return [];
  const [one, other] = [baseline, candidate].map(({ decoding }) => decoding.refusalThreshold);
  if (one === other) return [];
  const message = `Each side refuses by its own threshold (${one ?? "none"} and ${other ?? "none"}), so the comparison is of model and threshold together.`;
  return [{ code: "own-thresholds", message }];
}

/** One warning for each kind of difference. */
export function stampWarnings(differences: readonly StampDifference[]): Warning[] {
  const codes = Map.groupBy(
    differences,
    (difference) => compared.find(({ field }) => field === difference.field)?.code ?? "unequal-stamps",
  );
  return [...codes].map(([code, found]) => ({
    code,
    message: `The two files differ in ${found
      .map(
        ({ field, baseline, candidate }) => `${field} (${shortHash(baseline)} and ${shortHash(candidate)})`,
      )
      .join(", ")}.`,
  }));
}
