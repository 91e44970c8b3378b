import type { Discordance } from "../../schema/compute.ts";
import type { Label } from "../../schema/dataset.ts";
import { testedRows } from "../metrics/testedRow.ts";
import { pairedTable } from "../statistics/proportions.ts";
import { matchRows } from "./match.ts";
import type { NamedResults } from "./namedResults.ts";
import { correctness } from "./safety.ts";

/** Returns on how many dev rows of each label only one of two stamped results is right. Looks at no held-out row. */
export function devDiscordance(
  baseline: NamedResults,
  candidate: NamedResults,
): { harmful: Discordance; safe: Discordance } {
  const [one, other] = [baseline, candidate].map(({ results }) =>
    testedRows(results).filter(({ split }) => split === "dev"),
  );
  const { pairs } = matchRows(one ?? [], other ?? [], true);
  const of = (label: Label): Discordance => {
    const table = pairedTable(correctness(pairs.filter(({ baselineLabel }) => baselineLabel === label)));
    const discordant = table.onlyBaseline + table.onlyCandidate;
    return { rows: table.both + table.neither + discordant, discordant };
  };
  return { harmful: of("harmful"), safe: of("safe") };
}
