import { Failure } from "../../../shared/domain/failure.ts";
import type { Looks } from "../../../shared/schema/comparison.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { HeldoutLooks } from "./heldoutLooks.ts";

/** Stamped results whose held-out rows are shown: of one evaluation, or of two that are compared. */
export interface ShownResults {
  /** SHA-256 of the test set. */
  readonly testSet: string;
  /** The hash of each held-out description. */
  readonly rows: readonly string[];
  readonly baseline: string;
  readonly candidate: string;
  /** IDs of the runs that created the results, which identify these results. */
  readonly runIds: readonly string[];
}

/**
 * Guards the held-out rows, which decide: they are shown only after the user reveals them. That costs a look, once for
 * each evaluation, whichever screen shows the rows, because reading them teaches more than a decision does.
 */
export interface HeldoutGuard {
  /** True for results without a stamp (null), which have no held-out rows. */
  isOpen(shown: ShownResults | null): boolean;
  /** Returns the looks so far, and the budget; null when they are not counted, as in the sample, or can't be read. */
  looks(shown: ShownResults | null): Promise<Looks | null>;
  /** Reveals the rows to this process and counts a look, unless these results were read before. */
  open(shown: ShownResults | null): Promise<void>;
  /** @throws Failure `check-failed` while the rows of `what` are hidden. */
  require(shown: ShownResults | null, what: string): void;
}

export function createHeldoutGuard({
  workspace,
  looks,
}: {
  readonly workspace: Workspace;
  readonly looks: HeldoutLooks;
}): HeldoutGuard {
  const opened = new Set<string>();
  const isOpen: HeldoutGuard["isOpen"] = (shown) =>
    shown === null || shown.runIds.every((run) => opened.has(run));
  return {
    isOpen,
    async looks(shown) {
      if (shown === null || workspace.sample) return null;
      const status = await looks.status(shown.testSet, shown.rows).catch(() => null);
      return status === null ? null : { used: status.used, budget: status.budget };
    },
    async open(shown) {
      if (shown === null || isOpen(shown)) return;
      const { runIds, ...rest } = shown;
      await looks.record({ kind: "reading", ...rest, runs: [...new Set(runIds)] });
      for (const run of runIds) opened.add(run);
    },
    require(shown, what) {
      if (isOpen(shown)) return;
      throw new Failure("check-failed", `the held-out rows of ${what} are hidden`, {
        hint: "Reveal them first. That costs one look, because what you learn from these rows weakens the decision.",
      });
    },
  };
}
