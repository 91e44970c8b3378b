import type { LabelChoice } from "../../schema/study.ts";
import type { RowPair } from "../comparison/match.ts";
import { correctnessTable } from "../comparison/safety.ts";
import { mcnemarExact } from "../statistics/mcnemar.ts";
import type { PairedTable } from "../statistics/proportions.ts";

/**
 * Returns McNemar's exact test by each file's own labels and, where labels differ between the files, by either file's
 * labels for both and without the rows that differ.
 */
export function labelChoices(pairs: readonly RowPair[]): LabelChoice[] {
  const own = choice("own", correctnessTable(pairs));
  if (pairs.every(({ flip }) => flip === null)) return [own];
  const by = (side: "baseline" | "candidate"): LabelChoice =>
    choice(
      side,
      correctnessTable(pairs, (pair) => {
        const label = pair.flip?.[side] ?? pair.baselineLabel;
        return { baseline: label, candidate: label };
      }),
    );
  const kept = pairs.filter(({ flip }) => flip === null);
  return [own, by("baseline"), by("candidate"), choice("without-flips", correctnessTable(kept))];
}

function choice(
  labels: LabelChoice["labels"],
  { both, onlyBaseline, onlyCandidate, neither }: PairedTable,
): LabelChoice {
  return {
    labels,
    n: both + onlyBaseline + onlyCandidate + neither,
    onlyBaselineCorrect: onlyBaseline,
    onlyCandidateCorrect: onlyCandidate,
    p: mcnemarExact(onlyBaseline, onlyCandidate),
  };
}
