import { refusalProbability, type WhitespaceStep } from "../../../shared/domain/generation/probability.ts";
import { evaluateToNext, type LogitChoice, logprobOf, type NextToken } from "./evaluation.ts";
import type { Lane } from "./lanes.ts";
import type { LoadedModel } from "./loadedModel.ts";

/** Adds the logits that the refusal probability needs to those of the row. */
export function withRefusalLogits(model: LoadedModel, choice: LogitChoice): LogitChoice {
  return { ...choice, ids: [...choice.ids, model.control.eos, ...model.whitespace] };
}

function stepOf(model: LoadedModel, next: NextToken): WhitespaceStep {
  const probability = (id: number): number => Math.exp(logprobOf(next, id));
  return {
    end: probability(model.control.eos),
    whitespace: new Map(model.whitespace.map((id) => [id, probability(id)])),
  };
}

/**
 * Returns the refusal probability after the lane's prompt. `first` is the distribution there. Evaluates the relevant
 * whitespace tokens one at a time and restores the lane.
 */
export async function measureRefusal(model: LoadedModel, lane: Lane, first: NextToken): Promise<number> {
  const promptLength = lane.sequence.nextTokenIndex;
  const choice = withRefusalLogits(model, { ids: [], top: 0, draw: null, allows: null });
  const { probability } = await refusalProbability(stepOf(model, first), async (path) => {
    await lane.cutTo(promptLength + path.length - 1);
    return stepOf(model, await evaluateToNext(lane.sequence, path.slice(-1), choice));
  });
  await lane.cutTo(promptLength);
  return probability;
}
