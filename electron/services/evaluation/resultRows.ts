import { ofSplit, passes, slicesOf, sorted } from "../../../shared/domain/evaluation/selectRows.ts";
import { scaleOf } from "../../../shared/domain/metrics/side.ts";
import type {
  Corrected,
  CorrectRequest,
  Heldout,
  RowDetail,
  RowRequest,
  RowsPage,
  RowsRequest,
} from "../../../shared/schema/evaluationRows.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import { describeHeldout, shownOf } from "../results/heldoutRows.ts";
import type { OpenedResults, OpenVersion } from "../results/openedResults.ts";
import { correct } from "./corrections.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { rowDetail, sampleOf } from "./rowDetail.ts";

/** Reads and corrects a version's results row by row. */
export interface ResultRows {
  rows(request: RowsRequest): Promise<RowsPage>;
  row(request: RowRequest): Promise<RowDetail>;
  openHeldout(version: string): Promise<Heldout>;
  correct(request: CorrectRequest): Promise<Corrected>;
}

/** Serves the rows of stored results: dev rows until the held-out ones are revealed, worst first by default. */
export function createResultRows(
  setting: Pick<EvaluationDependencies, "files" | "workspace" | "now">,
  open: OpenVersion,
  heldout: HeldoutGuard,
): ResultRows {
  async function page(opened: OpenedResults, request: RowsRequest): Promise<RowsPage> {
    const split = opened.results.stamp === null ? "all" : request.split;
    if (split !== "dev") heldout.require(shownOf(opened), opened.version);
    const all = ofSplit(opened.rows, split);
    const matched = all.filter((row) => passes(row, request.filter));
    const { offset, limit } = request;
    return {
      version: opened.version,
      revision: opened.revision,
      scale: scaleOf(opened.results),
      split,
      total: all.length,
      matched: matched.length,
      offset,
      rows: sorted(matched, request.sort).slice(offset, offset + limit),
      slices: slicesOf(all),
      heldout: await describeHeldout(heldout, opened),
    };
  }
  /** Guards a held-out row that is requested by its number, as in the table. */
  function requireRow(opened: OpenedResults, request: { row: number; sample: number }): void {
    if (sampleOf(opened, request).counted.split === "heldout")
      heldout.require(shownOf(opened), opened.version);
  }
  return {
    rows: async (request) => page(await open(request.version), request),
    async row(request) {
      const opened = await open(request.version);
      requireRow(opened, request);
      return rowDetail(setting.files, opened, request);
    },
    async openHeldout(version) {
      const opened = await open(version);
      await heldout.open(shownOf(opened));
      return describeHeldout(heldout, opened);
    },
    async correct({ version, correction }) {
      requireRow(await open(version), { row: correction.row, sample: 0 });
      return correct({ ...setting, open }, version, correction);
    },
  };
}
