import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { countOpening, readOpenings } from "./heldoutOpenings.ts";

/** Stamped results whose held-out rows are shown: of one evaluation, or of two that are compared. */
export interface ShownResults {
  /** SHA-256 of the test set. */
  readonly testSet: string;
  readonly baseline: string;
  readonly candidate: string;
  /** IDs of the runs that created the results, which identify these results. */
  readonly runIds: readonly string[];
}

/**
 * Guards the held-out rows, which decide: they are shown only after the user reveals them. Every look counts, once for
 * each evaluation in this process, whichever screen shows the rows.
 */
export interface HeldoutGuard {
  /** True for results without a stamp (null), which have no held-out rows. */
  isOpen(shown: ShownResults | null): boolean;
  /** The number of looks so far; null when they are not counted, as in the sample, or can't be read. */
  looks(shown: ShownResults | null): Promise<number | null>;
  /** Reveals the rows and counts one look, unless all of these results are revealed already. */
  open(shown: ShownResults | null): Promise<void>;
  /** @throws Failure `check-failed` while the rows of `what` are hidden. */
  require(shown: ShownResults | null, what: string): void;
}

export function createHeldoutGuard({
  files,
  workspace,
  now,
}: {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
}): HeldoutGuard {
  const { state } = workspace.paths;
  const opened = new Set<string>();
  const isOpen: HeldoutGuard["isOpen"] = (shown) =>
    shown === null || shown.runIds.every((run) => opened.has(run));
  return {
    isOpen,
    looks: async (shown) =>
      shown === null || workspace.sample ? null : readOpenings(files, state, shown.testSet),
    async open(shown) {
      if (shown === null || isOpen(shown)) return;
      const { testSet, baseline, candidate } = shown;
      // The sample is read-only, so looks at its rows aren't counted.
      if (!workspace.sample) {
        const at = now().toISOString();
        await countOpening(files, state, { at, testSet, baseline, candidate, look: "rows" });
      }
      for (const run of shown.runIds) opened.add(run);
    },
    require(shown, what) {
      if (isOpen(shown)) return;
      throw new Failure("check-failed", `the held-out rows of ${what} are hidden`, {
        hint: "Reveal them first. Each look is counted, because what you learn from these rows weakens the decision.",
      });
    },
  };
}
