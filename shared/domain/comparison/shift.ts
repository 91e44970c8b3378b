import type { ComparisonShift } from "../../schema/alignedRows.ts";
import type { Comparison } from "../../schema/comparison.ts";
import { scatterOf } from "../report/scatter.ts";
import { categoryShift, matrixShift } from "../report/shift.ts";
import { openFiles } from "./compare.ts";
import type { RowPair } from "./match.ts";
import type { NamedResults } from "./namedResults.ts";

/**
 * What the figures of a comparison need besides it, over the same rows: the held-out ones of stamped files, else
 * all. Quality is that of rows answered on both sides.
 */
export function comparisonShift(
  baseline: NamedResults,
  candidate: NamedResults,
  comparison: Comparison,
): ComparisonShift {
  const files = openFiles(baseline, candidate);
  const decides = ({ baseline: one, candidate: other }: RowPair): boolean =>
    comparison.decidedOn === "all" || (one.split === "heldout" && other.split === "heldout");
  const pairs = files.matching.pairs.filter(decides);
  const safe = pairs.filter((pair) => pair.baselineLabel === "safe" && pair.candidateLabel === "safe");
  return {
    matrices: matrixShift(comparison.baseline, comparison.candidate, pairs),
    categories: categoryShift([comparison.baseline, comparison.candidate]),
    scatter:
      files.scale === null
        ? null
        : scatterOf(
            safe.map((pair) => ({
              row: pair.baseline.row,
              baseline: pair.baseline.answeredScore,
              candidate: pair.candidate.answeredScore,
            })),
            {
              names: { baseline: baseline.name, candidate: candidate.name },
              scoreName: files.scale === "rule-score" ? "rule score" : "quality",
            },
          ),
  };
}
