import type { EvaluationPlan, EvaluationPlanRequest } from "../../../shared/schema/evaluationPlan.ts";
import type { EvaluationSummary, LiveRows, SummaryRequest } from "../../../shared/schema/evaluationRows.ts";
import type { Compute } from "../compute/compute.ts";
import type { HeldoutGuard } from "../results/heldoutGuard.ts";
import { createResultsOpener } from "../results/openedResults.ts";
import type { RunService } from "../run/runService.ts";
import type { WatchOptions } from "../run/runWatch.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { planEvaluation } from "./evaluationPlan.ts";
import { watchRows } from "./liveRows.ts";
import { createResultRows, type ResultRows } from "./resultRows.ts";
import { createSummaries } from "./summary.ts";
import { createThroughputHistory } from "./throughputHistory.ts";

/** Queries about evaluations: estimates, live rows and results. Starts nothing. */
export interface EvaluationQueries extends ResultRows {
  plan(request: EvaluationPlanRequest): Promise<EvaluationPlan>;
  summary(request: SummaryRequest): Promise<EvaluationSummary>;
  watchRows(request: { run: string; from: number }, options?: WatchOptions): AsyncGenerator<LiveRows>;
}

export function createEvaluationQueries(
  setting: EvaluationDependencies,
  runs: RunService,
  compute: Compute,
  heldout: HeldoutGuard,
): EvaluationQueries {
  const open = createResultsOpener(setting.files, setting.workspace);
  const measuredRuns = createThroughputHistory(runs);
  return {
    ...createResultRows(setting, open, heldout),
    plan: (request) => planEvaluation({ ...setting, runs, open, measuredRuns }, request),
    summary: createSummaries({ ...setting, compute }, open, heldout),
    watchRows: (request, options) => watchRows(setting, runs, request, options),
  };
}
