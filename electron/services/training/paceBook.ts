import { type Pace, paceOf } from "../../../shared/domain/training/pace.ts";
import type { Precision } from "../../../shared/schema/training.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import type { RunService } from "../run/runService.ts";

/** The measured pace of this workspace's trainings. */
export interface PaceBook {
  /** Returns the newest successful training on a base, by its hash, in this precision; null when there is none. */
  latest(base: string, precision: Precision): Promise<{ title: string; pace: Pace } | null>;
}

/** Creates a pace book that reads each finished run's journal once. */
export function createPaceBook(runs: Pick<RunService, "list" | "show">): PaceBook {
  const known = new Map<string, Pace | null>();
  return {
    async latest(base, precision) {
      const { runs: all } = await runs.list();
      for (const { id, kind, title, status, spec } of all) {
        if (kind !== "training" || status !== "succeeded") continue;
        const parsed = TrainingRunSpecSchema.safeParse(spec);
        if (!parsed.success || parsed.data.inputs.base !== base) continue;
        const { trainer } = parsed.data;
        if (trainer.precision !== precision) continue;
        const { batchSize, gradientAccumulation } = trainer.optimisation;
        const pace =
          known.get(id) ?? paceOf((await runs.show(id)).journal.entries, batchSize * gradientAccumulation);
        known.set(id, pace);
        if (pace !== null) return { title, pace };
      }
      return null;
    },
  };
}
