/** A token and its raw logit. */
export interface TokenLogit {
  readonly id: number;
  readonly logit: number;
}

export interface ChosenToken {
  readonly id: number;
  /** Natural log of its probability at temperature 1. */
  readonly logprob: number;
}

/** ln Σ exp(logit), without overflow. -Infinity for no logits. */
export function logSumExp(logits: readonly number[]): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of logits) max = Math.max(max, logit);
  if (max === Number.NEGATIVE_INFINITY) return max;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - max);
  return max + Math.log(sum);
}

/**
 * Draws from softmax(logits / temperature) by inversion: `uniform` in [0, 1) picks the token. The order is that of
 * falling logit, ties by id, so that the draw does not depend on the order in which the logits come.
 * @throws RangeError for a temperature that is not above 0, or for no logits.
 */
export function drawToken(logits: readonly TokenLogit[], temperature: number, uniform: number): ChosenToken {
  const ordered = [...logits].sort((a, b) => b.logit - a.logit || a.id - b.id);
  const top = ordered[0];
  if (top === undefined || !(temperature > 0)) throw new RangeError("nothing to draw from");
  const weights = ordered.map(({ logit }) => Math.exp((logit - top.logit) / temperature));
  let rest = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  const chosen = ordered[index] ?? top;
  return { id: chosen.id, logprob: chosen.logit - logSumExp(ordered.map(({ logit }) => logit)) };
}
