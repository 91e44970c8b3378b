import { type Pace, paceOf } from "../../../shared/domain/evaluation/pace.ts";
import { EvaluationSpecSchema } from "../../../shared/schema/evaluation.ts";
import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import type { RunService } from "../run/runService.ts";

/** The throughput of an evaluation with its judge. */
export interface MeasuredRun {
  readonly run: string;
  readonly judge: { readonly kind: string; readonly model: string | null };
  readonly pace: Pace;
}

/** How many evaluations are measured, newest first. */
const mostMeasured = 5;

/**
 * Returns a function that measures this workspace's latest successful evaluations. A plan is asked for on every change of the form,
 * and an ended run never changes, so each journal is read once.
 */
export function createThroughputHistory(
  runs: Pick<RunService, "list" | "show">,
): () => Promise<MeasuredRun[]> {
  const known = new Map<string, Promise<MeasuredRun | null>>();

  async function measure({ id, spec }: Run): Promise<MeasuredRun | null> {
    const parsed = EvaluationSpecSchema.safeParse(spec);
    if (!parsed.success) return null;
    const { journal } = await runs.show(id);
    const { inputs, decoding } = parsed.data;
    const { kind, model } = inputs.judge;
    const pace = paceOf(journal.entries as JournalEntry[]);
    // The journal counts rows. A pool has several completions for each.
    const completions = decoding.pool?.k ?? 1;
    const generatedPerSecond =
      pace.generatedPerSecond === null ? null : pace.generatedPerSecond * completions;
    return { run: id, judge: { kind, model }, pace: { ...pace, generatedPerSecond } };
  }

  return async () => {
    const { runs: all } = await runs.list();
    const ended = all.filter(({ kind, status }) => kind === "evaluation" && status === "succeeded");
    const latest = ended.slice(0, mostMeasured);
    const ids = new Set(latest.map(({ id }) => id));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    for (const run of latest) {
      if (known.has(run.id)) continue;
      const measured = measure(run);
      known.set(run.id, measured);
      measured.catch(() => known.delete(run.id));
    }
    return (await Promise.all(latest.map(({ id }) => known.get(id)))).flatMap((one) => one ?? []);
  };
}
