import {
  AlignedQuerySchema,
  type AlignedRequest,
  type ComparedPage,
} from "../../../shared/schema/alignedRows.ts";
import type { CompareRequest } from "../../../shared/schema/compute.ts";
import type { ComparisonDependencies, TwoFiles } from "./dependencies.ts";

export interface ComparedRows {
  /**
   * Returns one page of the rows of two files side by side. Throws `Failure` `check-failed` for held-out rows that
   * haven't been revealed, otherwise as `compare`.
   */
  rows(request: AlignedRequest): Promise<ComparedPage>;
  /** Reveals the held-out rows of two files to this process, which costs one look. Throws as `compare`. */
  openHeldout(request: TwoFiles): Promise<ComparedPage["heldout"]>;
}

/** Serves the rows behind a comparison; the held-out ones once the user has revealed them. */
export function createComparedRows(
  { compute, heldout }: Pick<ComparisonDependencies, "compute" | "heldout">,
  locateBoth: (request: TwoFiles) => Promise<Pick<CompareRequest, "baseline" | "candidate">>,
): ComparedRows {
  const align = async (request: AlignedRequest) => {
    const both = await locateBoth(request);
    const found = await compute.ask({ kind: "align", ...both, query: request.query });
    const { stamped } = found;
    const names = { baseline: both.baseline.name, candidate: both.candidate.name };
    return { ...found, shown: stamped === null ? null : { ...stamped, ...names } };
  };
  const heldoutState = async ({ heldout: rows, shown }: Awaited<ReturnType<typeof align>>) => ({
    rows,
    opened: rows === 0 || heldout.isOpen(shown),
    looks: await heldout.looks(shown),
  });
  return {
    rows: async (request) => {
      const found = await align(request);
      if (request.query.split !== "dev" && found.heldout > 0) heldout.require(found.shown, "these two files");
      return { ...found.page, slices: found.slices, heldout: await heldoutState(found) };
    },
    openHeldout: async ({ baseline, candidate }) => {
      const query = AlignedQuerySchema.parse({ limit: 1 });
      const found = await align({ baseline, candidate, query });
      await heldout.open(found.shown);
      return heldoutState(found);
    },
  };
}
