import { useState } from "react";
import { noCurves, withEntries } from "../../../shared/domain/training/curves.ts";
import type { Run, RunPage } from "../../../shared/schema/run.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { useRunPages } from "../../api/index.ts";

/** A training as its journal has it so far; null: nothing has come yet. */
export interface Training {
  readonly run: Run;
  readonly curves: TrainingCurves;
}

/** Follows a training: its curves grow as it writes its journal. */
export function useTraining(id: string | null) {
  const [training, setTraining] = useState<Training | null>(null);
  const take = ({ run, entries }: RunPage, first: boolean) =>
    setTraining((before) => ({
      run,
      curves: withEntries(first || before === null ? noCurves() : before.curves, entries),
    }));
  const stream = useRunPages(id, take);
  // What came of another run is not this one's.
  return { training: training?.run.id === id ? training : null, stream };
}
