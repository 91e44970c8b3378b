import { Failure } from "../../../shared/domain/failure.ts";
import type { Heldout } from "../../../shared/schema/evaluationRows.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { countOpening, readOpenings } from "./heldoutOpenings.ts";
import type { OpenedResults } from "./openedResults.ts";

/** Guards the rows that decide: they are shown only after a person opened them, and every opening is counted. */
export function createHeldoutGuard(setting: {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly now: () => Date;
}) {
  const { files, workspace, now } = setting;
  /** Results opened in this process, by version and hash: reading on is no further look. */
  const opened = new Set<string>();
  const keyOf = ({ version, hash }: OpenedResults): string => `${version} ${hash}`;
  const isOpen = (results: OpenedResults): boolean =>
    results.results.stamp === null || opened.has(keyOf(results));

  return {
    async describe(results: OpenedResults): Promise<Heldout> {
      const { stamp } = results.results;
      const rows = new Set(results.rows.filter(({ split }) => split === "heldout").map(({ row }) => row));
      return {
        rows: stamp === null ? 0 : rows.size,
        opened: isOpen(results),
        openings:
          stamp === null || workspace.sample
            ? null
            : await readOpenings(files, workspace.paths.state, stamp.testSet),
      };
    },
    /** Counts a look at the held-out rows of a version's results; the sample is read, never written. */
    async open(results: OpenedResults): Promise<void> {
      const { stamp } = results.results;
      if (isOpen(results) || stamp === null) return;
      if (!workspace.sample) {
        const { version } = results;
        await countOpening(files, workspace.paths.state, {
          at: now().toISOString(),
          testSet: stamp.testSet,
          baseline: version,
          candidate: version,
          look: "rows",
        });
      }
      opened.add(keyOf(results));
    },
    /** @throws Failure `not-so` while they are closed. */
    require(results: OpenedResults): void {
      if (isOpen(results)) return;
      throw new Failure("not-so", `the held-out rows of ${results.version} are closed`, {
        hint: "Open them first; each opening is counted, because what is learnt from them weakens what they decide.",
      });
    },
  };
}
export type HeldoutGuard = ReturnType<typeof createHeldoutGuard>;
