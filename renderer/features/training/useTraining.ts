import { useState } from "react";
import { noCurves, withEntries } from "../../../shared/domain/training/curves.ts";
import type { Run, RunPage } from "../../../shared/schema/run.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { useRunPages } from "../../api/index.ts";

/** A training and its curves as far as its journal is loaded. */
export interface Training {
  readonly run: Run;
  readonly curves: TrainingCurves;
}

/** Follows a training. Its curves grow as it writes its journal. */
export function useTraining(id: string | null) {
  const [training, setTraining] = useState<Training | null>(null);
  const take = ({ run, entries }: RunPage, first: boolean) =>
    setTraining((before) => ({
      run,
      curves: withEntries(first || before === null ? noCurves() : before.curves, entries),
    }));
  const stream = useRunPages(id, take);
  // The state may still hold the previous run.
  return { training: training?.run.id === id ? training : null, stream };
}
