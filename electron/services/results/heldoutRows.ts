import type { Heldout } from "../../../shared/schema/evaluationRows.ts";
import type { HeldoutGuard, ShownResults } from "./heldoutGuard.ts";
import type { OpenedResults } from "./openedResults.ts";

/** Returns what the guard needs to know of a version's results; null when they have no stamp. */
export function shownOf({ version, results: { stamp } }: OpenedResults): ShownResults | null {
  if (stamp === null) return null;
  return { testSet: stamp.testSet, baseline: version, candidate: version, runIds: [stamp.runId] };
}

/** Describes the held-out rows of a version's results: how many, whether they are shown, and the looks so far. */
export async function describeHeldout(guard: HeldoutGuard, opened: OpenedResults): Promise<Heldout> {
  const shown = shownOf(opened);
  const rows = new Set(opened.rows.filter(({ split }) => split === "heldout").map(({ row }) => row));
  return {
    rows: shown === null ? 0 : rows.size,
    opened: guard.isOpen(shown),
    openings: await guard.looks(shown),
  };
}
