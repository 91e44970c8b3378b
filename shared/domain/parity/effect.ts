/** Log-probabilities of the same ids at one position, by engine, adapter on and off. */
export interface EffectPosition {
  readonly referenceOn: readonly number[];
  readonly referenceOff: readonly number[];
  readonly engineOn: readonly number[];
  readonly engineOff: readonly number[];
}

export interface Effect {
  /** 1 − ‖engine's effect − reference's‖ / ‖reference's‖; null where the reference's effect is `negligibleEffect`. */
  readonly agreement: number | null;
  /** Root mean squares in nats: of the reference's effect, and of the difference. */
  readonly size: number;
  readonly difference: number;
}

/** Below this root mean square (nats) an effect drowns in the engines' own rounding (about 5e-3 at f16). */
const negligibleEffect = 0.05;

/** How well the engine's on − off agrees with the reference's. 1: wholly; 0: as well as no adapter at all. */
export function effectOf(positions: readonly EffectPosition[]): Effect {
  let squares = 0;
  let differences = 0;
  let count = 0;
  for (const { referenceOn, referenceOff, engineOn, engineOff } of positions) {
    for (const [index, on] of referenceOn.entries()) {
      const reference = on - (referenceOff[index] ?? Number.NaN);
      const engine = (engineOn[index] ?? Number.NaN) - (engineOff[index] ?? Number.NaN);
      squares += reference ** 2;
      differences += (engine - reference) ** 2;
      count += 1;
    }
  }
  const size = Math.sqrt(squares / Math.max(1, count));
  const difference = Math.sqrt(differences / Math.max(1, count));
  return { size, difference, agreement: size < negligibleEffect ? null : 1 - difference / size };
}

/**
 * KL(reference ‖ engine) in nats, from natural log-probabilities of the same ids; what is missing to 1 on either side
 * is one more outcome.
 */
export function klDivergence(reference: readonly number[], engine: readonly number[]): number {
  const rest = (logprobs: readonly number[]): number =>
    Math.max(1e-12, 1 - logprobs.reduce((sum, logprob) => sum + Math.exp(logprob), 0));
  const restOfReference = rest(reference);
  const named = reference.reduce(
    (sum, logprob, index) => sum + Math.exp(logprob) * (logprob - (engine[index] ?? Number.NaN)),
    0,
  );
  return Math.max(0, named + restOfReference * Math.log(restOfReference / rest(engine)));
}
