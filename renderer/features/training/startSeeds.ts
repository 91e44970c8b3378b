import { seedRequests } from "../../../shared/domain/training/seedRequests.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { EnsuredTraining, TrainingRequest } from "../../../shared/schema/trainingRun.ts";

interface Trainings {
  start(request: TrainingRequest): Promise<Run>;
  ensure(request: TrainingRequest): Promise<EnsuredTraining>;
}

/**
 * Starts a training, or one for each seed that isn't trained yet: they run one after the other. Returns the first run in
 * progress, or the first of all when every seed is trained.
 */
export async function startSeeds(training: Trainings, request: TrainingRequest, seeds: number): Promise<Run> {
  if (seeds === 1) return training.start(request);
  const ensured: EnsuredTraining[] = [];
  for (const one of seedRequests(request, seeds)) ensured.push(await training.ensure(one));
  const first = ensured.find(({ state }) => state !== "trained") ?? ensured[0];
  if (first === undefined) throw new RangeError("no seeds");
  return first.run;
}
