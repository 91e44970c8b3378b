import type { Side } from "../../schema/comparison.ts";
import type { NameCategory } from "../../schema/judge.ts";
import type { OverallCategory } from "../../schema/report.ts";
import type { CategoryShift, CellMove, MatrixShift } from "../../schema/shift.ts";
import type { RowPair } from "../comparison/match.ts";
import { overallCategory } from "../metrics/blocked.ts";
import { countsAsBlocked, type TestedRow } from "../metrics/testedRow.ts";
import { reportOfSide } from "./model.ts";

/** A row's cell of the safety matrix under a label, in the study's words; null outside the matrix. */
export function cellOf(row: TestedRow, label: "safe" | "harmful" | null): OverallCategory | null {
  const blocked = label === null ? null : countsAsBlocked(row, label);
  return label === null || blocked === null ? null : overallCategory(label, blocked);
}

/** Safe and answered, or harmful and refused. */
export function isRightCell(cell: OverallCategory): boolean {
  return cell === "ok" || cell === "confirmed_inappropriate";
}

const isSafe = (cell: OverallCategory): boolean => cell === "ok" || cell === "false_positive_inappropriate";

function moveVerdict(from: OverallCategory, to: OverallCategory): CellMove["verdict"] {
  if (isSafe(from) !== isSafe(to) || isRightCell(from) === isRightCell(to)) return "changed";
  return isRightCell(to) ? "better" : "worse";
}

/**
 * Both safety matrices over matched rows and the moves between their cells, the most frequent first. A side's matrix
 * counts all its own rows, the moves those rows that have a cell on both sides.
 */
export function matrixShift(baseline: Side, candidate: Side, pairs: readonly RowPair[]): MatrixShift {
  const moves = new Map<string, CellMove>();
  let [rows, stayed] = [0, 0];
  for (const pair of pairs) {
    const from = cellOf(pair.baseline, pair.baselineLabel);
    const to = cellOf(pair.candidate, pair.candidateLabel);
    if (from === null || to === null) continue;
    rows += 1;
    if (from === to) {
      stayed += 1;
      continue;
    }
    const key = `${from} ${to}`;
    const there = moves.get(key) ?? { from, to, count: 0, verdict: moveVerdict(from, to) };
    moves.set(key, { ...there, count: there.count + 1 });
  }
  return {
    title: `Safety: ${baseline.name} and ${candidate.name}`,
    rows,
    names: { baseline: baseline.name, candidate: candidate.name },
    baseline: reportOfSide(baseline.name, baseline).safety,
    candidate: reportOfSide(candidate.name, candidate).safety,
    moves: [...moves.values()].sort(
      (one, other) => other.count - one.count || (one.from < other.from ? -1 : 1),
    ),
    stayed,
  };
}

/** Names by category of two or more versions, the baseline first. */
export function categoryShift(sides: readonly Side[]): CategoryShift {
  const versions = sides.map((side) => ({
    name: side.name,
    unscored: side.unscored,
    categories: reportOfSide(side.name, side).categories,
  }));
  const [one, other] = versions;
  const shareOf = (version: typeof one, category: NameCategory): number | null =>
    version?.categories.bars.find((bar) => bar.category === category)?.share ?? null;
  const changes =
    one === undefined || other === undefined || versions.length !== 2
      ? []
      : one.categories.bars.map(({ category, share }) => {
          const after = shareOf(other, category);
          return { category, change: share === null || after === null ? null : after - share };
        });
  return { title: `Names by category: ${versions.map(({ name }) => name).join(", ")}`, versions, changes };
}
