import type { TrainingRequest } from "../../schema/trainingRun.ts";
import { mostSeeds } from "../../schema/workspace.ts";
import { Failure } from "../failure.ts";
import { isMember, memberName } from "../workspace/seeds.ts";

/**
 * Returns the trainings of a version with several seeds, from the request's seed on: `v2.1` with the first, `v2.2` with
 * the next. With one seed, the request itself. @throws Failure `usage` for a version that is one seed of a group already
 */
export function seedRequests<Request extends Pick<TrainingRequest, "version" | "seed">>(
  request: Request,
  seeds: number,
): Request[] {
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > mostSeeds) {
    throw new Failure("usage", `the number of seeds must be from 1 to ${mostSeeds}, not ${seeds}`);
  }
  if (seeds === 1) return [request];
  if (isMember(request.version)) {
    throw new Failure("usage", `${request.version} is one seed of a version`, {
      hint: "Train a version such as v2 with several seeds, or this one with a single seed.",
    });
  }
  return Array.from({ length: seeds }, (_, index) => ({
    ...request,
    version: memberName(request.version, index + 1),
    seed: request.seed + index,
  }));
}
