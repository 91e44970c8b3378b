import type { ForcedResult, ForcedSequence } from "../../../shared/schema/inference.ts";
import { evaluate, logprobOf, type NextToken } from "./evaluation.ts";
import type { LaneSet } from "./lanes.ts";

function positionOf(next: NextToken, ids: readonly number[]): ForcedResult["positions"][number] {
  const [first = 0, second = first] = [...next.logits.values()].sort((a, b) => b - a);
  return { best: next.best, margin: first - second, logprobs: ids.map((id) => logprobOf(next, id)) };
}

/**
 * Returns the log-probabilities of the requested ids at every position of the completion, with all earlier tokens forced.
 * The prompt and the completion without its last token are evaluated in one batch.
 */
export async function forcedLogprobs(lanes: LaneSet, sequence: ForcedSequence): Promise<ForcedResult> {
  const [lane] = lanes.lanes;
  if (lane === undefined) throw new Error("the context has no lane");
  await lanes.sharePrefix([]);
  await lane.cutTo(0);
  const { promptIds, completionIds, topIds } = sequence;
  const first = promptIds.length - 1;
  const nexts = await evaluate(lane.sequence, [...promptIds, ...completionIds.slice(0, -1)], (index) =>
    index < first ? null : { ids: topIds[index - first] ?? [], top: 2, draw: null, allows: null },
  );
  await lane.cutTo(0);
  return { key: sequence.key, positions: nexts.map((next, index) => positionOf(next, topIds[index] ?? [])) };
}
