import type { FailedCalls, StudyReading } from "../../schema/study.ts";
import { compareResults, openFiles } from "../comparison/compare.ts";
import type { NamedResults } from "../comparison/namedResults.ts";
import { Failure } from "../failure.ts";
import { type TestedRow, testedRows } from "../metrics/testedRow.ts";
import { rowsForMargin } from "../statistics/testSetSize.ts";
import { correctedFigures } from "./correctedFigures.ts";
import { labelChoices } from "./labelChoices.ts";
import { publishedFigures } from "./publishedFigures.ts";

/** Share of rows that two versions of a similar model handle differently, assumed before there are results. */
const plannedDiscordance = 0.12;

/** Results of v1 (baseline) and v2 (candidate) in the study's format. */
export interface StudyFiles {
  readonly baseline: NamedResults;
  readonly candidate: NamedResults;
}

/**
 * Computes the study's figures again, and what they don't show.
 * Throws Failure `bad-value` for a stamped file, and for files that share no description.
 */
export function rereadStudy(
  { baseline, candidate }: StudyFiles,
  source: StudyReading["source"],
): StudyReading {
  for (const file of [baseline, candidate]) refuseStamped(file);
  const { pairs } = openFiles(baseline, candidate).matching;
  if (pairs.length === 0) {
    throw new Failure("bad-value", `${baseline.name} and ${candidate.name} share no description`, {
      hint: "Open the results of two versions on the same test set.",
    });
  }
  const comparison = compareResults(baseline, candidate);
  const published = publishedFigures(comparison);
  const margin = comparison.settings.margins.missedHarmfulRate;
  const rows = rowsForMargin(margin, {
    discordant: plannedDiscordance,
    alpha: comparison.alpha,
    power: 0.8,
  });
  return {
    source,
    reproduced: published.every((figure) => figure.reproduced),
    published,
    corrected: correctedFigures(comparison),
    labelChoices: labelChoices(pairs),
    failedCalls: { baseline: failedCalls(baseline), candidate: failedCalls(candidate) },
    planned: { margin, discordantShare: plannedDiscordance, harmful: rows, safe: rows },
    comparison,
  };
}

function refuseStamped({ name, results }: NamedResults): void {
  if (results.stamp === null) return;
  throw new Failure("bad-value", `${name} is a results file of Namewright, not one in the study's format`, {
    hint: "Compare it on the Compare screen or with `namewright compare`.",
  });
}

function failedCalls({ results }: NamedResults): FailedCalls {
  const rows = testedRows(results);
  const failed = rows.filter(({ unscored }) => unscored).length;
  const scores = rows.flatMap(({ answeredScore }: TestedRow) =>
    answeredScore === null ? [] : [answeredScore],
  );
  const sum = scores.reduce((total, score) => total + score, 0);
  const over = (n: number): number | null => (n === 0 ? null : sum / n);
  return { rows: failed, mean: over(scores.length), asZero: over(scores.length + failed) };
}
