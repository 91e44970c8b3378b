import { Failure } from "../../../shared/domain/failure.ts";
import {
  AlignedQuerySchema,
  type AlignedRequest,
  type ComparedPage,
} from "../../../shared/schema/alignedRows.ts";
import type { AlignResult, CompareRequest } from "../../../shared/schema/compute.ts";
import { countOpening, readOpenings } from "../results/heldoutOpenings.ts";
import type { ComparisonSetting, TwoFiles } from "./comparisonService.ts";

export interface ComparedRows {
  /**
   * Rows of two files beside each other, page by page. Throws Failure `not-so` where held-out rows are asked for
   * that were not opened; else as `compare`.
   */
  rows(request: AlignedRequest): Promise<ComparedPage>;
  /** Opens the held-out rows of two files for as long as this process runs; counted once. Throws as `compare`. */
  openHeldout(request: TwoFiles): Promise<ComparedPage["heldout"]>;
}

/** The rows behind a comparison. Held-out ones stay closed until a person opens them, since reading spends them. */
export function createComparedRows(
  setting: ComparisonSetting,
  locateBoth: (request: TwoFiles) => Promise<Pick<CompareRequest, "baseline" | "candidate">>,
): ComparedRows {
  const { files, workspace, now, compute } = setting;
  const { state } = workspace.paths;
  /** Pairs of results opened in this process: reading on is no further look. */
  const opened = new Set<string>();

  const align = async (request: AlignedRequest) => {
    const both = await locateBoth(request);
    const found = await compute.ask({ kind: "align", ...both, query: request.query });
    const key = `${both.baseline.file}\n${both.candidate.file}\n${found.stamped?.contents ?? ""}`;
    return { ...found, ...both, key };
  };
  const standing = async ({
    heldout,
    stamped,
    key,
  }: Pick<AlignResult, "heldout" | "stamped"> & { key: string }) => ({
    rows: heldout,
    opened: heldout === 0 || opened.has(key),
    // The sample is read, never written: looks at it are not counted.
    openings: stamped === null || workspace.sample ? null : await readOpenings(files, state, stamped.testSet),
  });

  return {
    rows: async (request) => {
      const found = await align(request);
      const heldout = await standing(found);
      if (!heldout.opened && request.query.split !== "dev") {
        throw new Failure("not-so", "the held-out rows of these two files are closed", {
          hint: "Open them first; each opening is counted, because what is learnt from them weakens what they decide.",
        });
      }
      return { ...found.page, slices: found.slices, heldout };
    },
    openHeldout: async ({ baseline, candidate }) => {
      const query = AlignedQuerySchema.parse({ limit: 1 });
      const found = await align({ baseline, candidate, query });
      if (found.stamped !== null && !opened.has(found.key) && !workspace.sample) {
        await countOpening(files, state, {
          at: now().toISOString(),
          testSet: found.stamped.testSet,
          baseline: found.baseline.name,
          candidate: found.candidate.name,
          look: "rows",
        });
      }
      opened.add(found.key);
      return standing(found);
    },
  };
}
