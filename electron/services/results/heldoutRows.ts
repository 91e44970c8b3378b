import type { Heldout } from "../../../shared/schema/evaluationRows.ts";
import type { HeldoutGuard, ShownResults } from "./heldoutGuard.ts";
import { rowHash } from "./heldoutLooks.ts";
import type { OpenedResults } from "./openedResults.ts";

/** Returns what the guard needs to know of a version's results; null when they have no stamp. */
export function shownOf({ version, rows, results: { stamp } }: OpenedResults): ShownResults | null {
  if (stamp === null) return null;
  const held = rows.filter(({ split }) => split === "heldout");
  return {
    testSet: stamp.testSet,
    rows: [...new Set(held.map(({ description }) => rowHash(description)))],
    baseline: version,
    candidate: version,
    runIds: [stamp.runId],
  };
}

/** Describes the held-out rows of a version's results: how many, whether they are shown, and the looks so far. */
export async function describeHeldout(guard: HeldoutGuard, opened: OpenedResults): Promise<Heldout> {
  const shown = shownOf(opened);
  const rows = new Set(opened.rows.filter(({ split }) => split === "heldout").map(({ row }) => row));
  return {
    rows: shown === null ? 0 : rows.size,
    opened: guard.isOpen(shown),
    looks: await guard.looks(shown),
  };
}
