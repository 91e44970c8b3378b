import { Failure } from "../../../shared/domain/failure.ts";
import { curvesOf, thinnedCurves } from "../../../shared/domain/training/curves.ts";
import { diffSpecs } from "../../../shared/domain/training/specDiff.ts";
import { stoppingWords } from "../../../shared/domain/training/stopping.ts";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import type { SpecDiff } from "../../../shared/schema/trainingPlan.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import type { RunService } from "../run/runService.ts";

/** Curves and settings of past training runs. */
export interface TrainingHistory {
  /** Returns the curves of several runs in the order of `ids`, thinned to `points` per series. */
  curves(ids: readonly string[], points: number): Promise<RunCurves[]>;
  diff(one: string, other: string): Promise<SpecDiff>;
}

export function createTrainingHistory(runs: Pick<RunService, "show">): TrainingHistory {
  /** Finished runs change only by a resume, which raises their last sequence number. */
  const drawn = new Map<string, { lastSeq: number; curves: RunCurves }>();

  async function training(id: string) {
    const { run, journal } = await runs.show(id);
    if (run.kind === "training")
      return { run, journal, spec: TrainingRunSpecSchema.safeParse(run.spec).data };
    throw new Failure("bad-value", `run ${id} isn't a training run`, {
      hint: "`namewright runs list` shows the kind of each run.",
    });
  }

  async function curvesOfRun(id: string): Promise<RunCurves> {
    const { run, journal, spec } = await training(id);
    const known = drawn.get(id);
    if (known?.lastSeq === run.lastSeq && known.curves.status === run.status) return known.curves;
    const curves = curvesOf(journal.entries);
    const rule = spec?.trainer.evaluation ?? { strategy: "epoch", patience: 1, metric: "eval_loss" };
    const made: RunCurves = {
      id,
      title: run.title,
      version: spec?.version ?? null,
      status: run.status,
      createdAt: run.createdAt,
      endedAt: run.endedAt,
      curves,
      stopping: stoppingWords(curves, rule, run.status),
    };
    drawn.set(id, { lastSeq: run.lastSeq, curves: made });
    return made;
  }

  return {
    async curves(ids, points) {
      const all: RunCurves[] = [];
      for (const id of ids) {
        const one = await curvesOfRun(id);
        all.push({ ...one, curves: thinnedCurves(one.curves, points) });
      }
      return all;
    },
    diff: async (one, other) => diffSpecs((await training(one)).run.spec, (await training(other)).run.spec),
  };
}
