import type { LabelChoice } from "../../schema/study.ts";
import type { RowPair } from "../comparison/match.ts";
import { correctness } from "../comparison/safety.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import type { PairedOutcome } from "../statistics/pairedProportion.ts";
import { type PairedTable, pairedTable } from "../statistics/proportions.ts";

/**
 * Returns McNemar's exact test by each file's own labels and, where labels differ between the files, by either file's
 * labels for both and without the rows that differ.
 */
export function labelChoices(pairs: readonly RowPair[]): LabelChoice[] {
  const own = choice("own", correctness(pairs));
  if (pairs.every(({ flip }) => flip === null)) return [own];
  const by = (side: "baseline" | "candidate"): LabelChoice =>
    choice(
      side,
      correctness(pairs, (pair) => {
        const label = pair.flip?.[side] ?? pair.baselineLabel;
        return { baseline: label, candidate: label };
      }),
    );
  const kept = pairs.filter(({ flip }) => flip === null);
  return [own, by("baseline"), by("candidate"), choice("without-flips", correctness(kept))];
}

function choice(labels: LabelChoice["labels"], outcomes: readonly PairedOutcome[]): LabelChoice {
  const { both, onlyBaseline, onlyCandidate, neither }: PairedTable = pairedTable(outcomes);
  return {
    labels,
    n: both + onlyBaseline + onlyCandidate + neither,
    onlyBaselineCorrect: onlyBaseline,
    onlyCandidateCorrect: onlyCandidate,
    p: mcnemarExact(onlyBaseline, onlyCandidate),
  };
}
