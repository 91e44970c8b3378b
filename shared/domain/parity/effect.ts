/** The adapter's effect (log-probability with it − without it, in nats) over all ids of one sequence. */
export interface SequenceEffect {
  readonly description: string;
  /** The trainer's. */
  readonly reference: readonly number[];
  /** The engine's, under the adapter and under each control, for the same ids in the same order. */
  readonly engine: readonly number[];
  readonly controls: readonly (readonly number[])[];
}

/** Sum over ids of the product of two vectors. NaN where one is shorter. */
function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value - (b[index] ?? Number.NaN));
}

/** Root mean square of some vectors taken together; 0 for none. */
export function rootMeanSquare(vectors: readonly (readonly number[])[]): number {
  const count = vectors.reduce((sum, { length }) => sum + length, 0);
  return Math.sqrt(vectors.reduce((sum, vector) => sum + dot(vector, vector), 0) / Math.max(1, count));
}

/** The difference of the engine's effect from the reference's, per sequence. */
export function differences(sequences: readonly SequenceEffect[]): number[][] {
  return sequences.map(({ reference, engine }) => minus(reference, engine));
}

export interface ControlPosition {
  /** Root mean square in nats of the engine's effect under the control, minus its effect under the adapter. */
  readonly distance: number;
  /** Where the reference is on the line from the adapter (0) to the control (1); null if the two have one effect. */
  readonly position: number | null;
  /** Standard error of the position over sequences; null for fewer than two. */
  readonly error: number | null;
}

/**
 * Finds the reference on the line between the adapter and a control: with d = control − adapter in the engine, the least
 * squares position is ⟨reference − adapter, d⟩ / ⟨d, d⟩. Both ends are the engine's, so rounding in the reference
 * averages out over ids instead of adding to a distance. The error is that of a ratio of sums over n independent
 * sequences (Cochran 1977, Sampling Techniques, section 6.4).
 */
export function positionOnLine(sequences: readonly SequenceEffect[], control: number): ControlPosition {
  const lines = sequences.map(({ reference, engine, controls }) => {
    const line = minus(controls[control] ?? [], engine);
    return { line, along: dot(line, minus(reference, engine)), square: dot(line, line) };
  });
  const distance = rootMeanSquare(lines.map(({ line }) => line));
  const square = lines.reduce((sum, one) => sum + one.square, 0);
  if (square === 0) return { distance, position: null, error: null };
  const position = lines.reduce((sum, { along }) => sum + along, 0) / square;
  const n = lines.length;
  if (n < 2) return { distance, position, error: null };
  const residuals = lines.reduce((sum, one) => sum + (one.along - position * one.square) ** 2, 0);
  return { distance, position, error: Math.sqrt((residuals * n) / (n - 1)) / square };
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
