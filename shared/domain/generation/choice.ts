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

/** Whether a token may be chosen. */
export type Allows = (id: number) => boolean;

const everyToken: Allows = () => true;

/** ln Σ exp(logit), without overflow. -Infinity for no logits. */
export function logSumExp(logits: readonly number[]): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of logits) max = Math.max(max, logit);
  if (max === Number.NEGATIVE_INFINITY) return max;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - max);
  return max + Math.log(sum);
}

const byFallingLogit = (a: TokenLogit, b: TokenLogit): number => b.logit - a.logit || a.id - b.id;

/** Returns the allowed token with the largest logit, ties by id, or null if none is allowed. */
export function bestAllowed(logits: readonly TokenLogit[], allows: Allows): TokenLogit | null {
  return [...logits].sort(byFallingLogit).find(({ id }) => allows(id)) ?? null;
}

/**
 * Draws from softmax(logits / temperature) over the allowed tokens by inversion: `uniform` in [0, 1) picks the token. The
 * order is that of falling logit, ties by id, so that the draw does not depend on the order in which the logits come. The
 * probability of the token is that over all tokens.
 * @throws RangeError for a temperature that is not above 0, or if no token is allowed.
 */
export function drawToken(
  logits: readonly TokenLogit[],
  temperature: number,
  uniform: number,
  allows: Allows = everyToken,
): ChosenToken {
  const ordered = logits.filter(({ id }) => allows(id)).sort(byFallingLogit);
  const top = ordered[0];
  if (top === undefined || !(temperature > 0)) throw new RangeError("nothing to draw from");
  const weights = ordered.map(({ logit }) => Math.exp((logit - top.logit) / temperature));
  let rest = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  const chosen = ordered[index] ?? top;
  return { id: chosen.id, logprob: chosen.logit - logSumExp(logits.map(({ logit }) => logit)) };
}

/** The most probable tokens of a vocabulary, and what is known of the others. */
export interface TopOfVocabulary {
  readonly top: readonly TokenLogit[];
  /** ln Σ exp(logit) over the whole vocabulary, summed in 32 bits. */
  readonly logNormaliser: number;
  readonly vocabularySize: number;
}

/** Positions on the cumulative weight that are nearer than this share count as equal: `drawToken` rounds differently. */
const roundingShare = 1e-9;

/**
 * Draws the token that `drawToken` draws from the whole vocabulary, from its most probable tokens. The weight of the other
 * allowed tokens is only known to lie in a range. Returns null if the draw depends on where in this range it is.
 * @throws RangeError for a temperature that is not above 0, or for no logits.
 */
export function drawFromTop(
  { top, logNormaliser, vocabularySize }: TopOfVocabulary,
  temperature: number,
  uniform: number,
  allows: Allows = everyToken,
): ChosenToken | null {
  const ordered = [...top].sort(byFallingLogit);
  const [first] = ordered;
  const last = ordered.at(-1);
  if (first === undefined || last === undefined || !(temperature > 0))
    throw new RangeError("nothing to draw from");
  const allowed = ordered.filter(({ id }) => allows(id));
  const cumulative: number[] = [];
  let known = 0;
  for (const { logit } of allowed) {
    known += Math.exp((logit - first.logit) / temperature);
    cumulative.push(known);
  }
  const others = vocabularySize - ordered.length;
  const unknown =
    others <= 0 ? 0 : largestRest(ordered, { others, logNormaliser, vocabularySize, temperature });
  const slack = roundingShare * (known + unknown);
  const lowest = cumulative.findIndex((sum) => sum > uniform * known - slack);
  const highest = cumulative.findIndex((sum) => sum > uniform * (known + unknown) + slack);
  const chosen = allowed[lowest];
  if (chosen === undefined || lowest !== highest) return null;
  // Tokens as probable as the last one may be missing, and their IDs decide the order.
  if (others > 0 && chosen.logit === last.logit) return null;
  return { id: chosen.id, logprob: chosen.logit - logNormaliser };
}

/**
 * Returns an upper bound of Σ exp((logit − highest) / temperature) over the tokens that aren't in `ordered`. At
 * temperature 1 their weight is known but for rounding: a sum of n numbers in 32 bits is off by at most n · 2⁻²⁴ of itself
 * (Higham, Accuracy and Stability of Numerical Algorithms, 4.2). At another temperature, each of them weighs at most as
 * much as the last known token. Above temperature 1, Hölder's inequality gives another bound.
 */
function largestRest(
  ordered: readonly TokenLogit[],
  known: { others: number; logNormaliser: number; vocabularySize: number; temperature: number },
): number {
  const { others, logNormaliser, vocabularySize, temperature } = known;
  const highest = ordered[0]?.logit ?? 0;
  const last = (ordered.at(-1)?.logit ?? 0) - highest;
  const total = Math.exp(logNormaliser - highest);
  const rounding = (vocabularySize + 16) * 2 ** -24;
  const top = ordered.reduce((sum, { logit }) => sum + Math.exp(logit - highest), 0);
  const rest = Math.max(0, total - top) + rounding * total;
  const power = 1 / temperature;
  const byWeight = power >= 1 ? rest * Math.exp(last * (power - 1)) : others ** (1 - power) * rest ** power;
  return Math.min(byWeight, others * Math.exp(last * power));
}
