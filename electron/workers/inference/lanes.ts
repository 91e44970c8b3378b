import type { LlamaContext, LlamaContextSequence, Token } from "node-llama-cpp";
import { evaluateToNext, type LogitChoice, type NextToken } from "./evaluation.ts";

/** One step of a lane: the token to evaluate, and the logits to return after it. */
export interface LaneStep {
  readonly lane: Lane;
  readonly id: number;
  readonly choice: LogitChoice;
}

/** One sequence of the context. It holds the shared prefix followed by its current row. */
export class Lane {
  readonly sequence: LlamaContextSequence;

  constructor(sequence: LlamaContextSequence) {
    this.sequence = sequence;
  }

  /** Returns whether the lane starts with these tokens. */
  holds(prefix: readonly number[]): boolean {
    return this.sequence.compareContextTokens([...prefix] as Token[]).firstDifferentIndex >= prefix.length;
  }

  /** Drops all tokens after the first `length`. */
  async cutTo(length: number): Promise<void> {
    const { nextTokenIndex } = this.sequence;
    if (nextTokenIndex > length)
      await this.sequence.eraseContextTokenRanges([{ start: length, end: nextTokenIndex }]);
  }
}

const fillerChoice: LogitChoice = { ids: [], top: 0, draw: null, allows: null };

interface CopyingSequence {
  _copyStateFromOtherSequence(source: LlamaContextSequence, upToTokenIndex: number): Promise<boolean>;
}

/** node-llama-cpp uses this method to fork a decision context. It isn't public and may be removed. */
function canCopy(sequence: object): sequence is CopyingSequence {
  return (
    "_copyStateFromOtherSequence" in sequence && typeof sequence._copyStateFromOtherSequence === "function"
  );
}

/**
 * The lanes of a context, stepped together. llama.cpp selects its kernels by the number of tokens in a batch, and
 * kernels differ in the last bits (measured: up to 4e-3 in a logit between one and three tokens). So every step holds
 * exactly one token per lane, idle lanes evaluate a discarded token, and each prompt is evaluated alone. A row's bits
 * then depend only on the row and the number of lanes.
 */
export class LaneSet {
  readonly lanes: readonly Lane[];
  /** The id of the context's adapter, or null. */
  readonly adapter: string | null;
  readonly #fillerId: number;
  #prefix: readonly number[] = [];

  constructor(context: LlamaContext, fillerId: number, adapter: string | null) {
    this.adapter = adapter;
    this.lanes = Array.from({ length: context.totalSequences }, () => new Lane(context.getSequence()));
    this.#fillerId = fillerId;
  }

  get prefixLength(): number {
    return this.#prefix.length;
  }

  /** Evaluates the shared prefix once and copies it to every lane. Does nothing if all lanes hold it. */
  async sharePrefix(prefix: readonly number[]): Promise<void> {
    if (this.lanes.every((lane) => lane.holds(prefix))) {
      for (const lane of this.lanes) await lane.cutTo(prefix.length);
      this.#prefix = [...prefix];
      return;
    }
    const [first, ...others] = this.lanes;
    if (first === undefined) return;
    this.#prefix = [];
    for (const lane of this.lanes) await lane.sequence.clearHistory();
    if (prefix.length > 0) {
      await first.sequence.evaluateWithoutGeneratingNewTokens([...prefix] as Token[]);
      for (const lane of others) await this.#copyPrefix(first, lane, prefix);
    }
    this.#prefix = [...prefix];
  }

  async #copyPrefix(source: Lane, target: Lane, prefix: readonly number[]): Promise<void> {
    const { sequence } = target;
    if (canCopy(sequence) && (await sequence._copyStateFromOtherSequence(source.sequence, prefix.length)))
      return;
    await target.sequence.clearHistory();
    await target.sequence.evaluateWithoutGeneratingNewTokens([...prefix] as Token[]);
  }

  /** Evaluates a prompt in a separate batch and returns the distribution after it. */
  async open(lane: Lane, prompt: readonly number[], choice: LogitChoice): Promise<NextToken> {
    let common = 0;
    while (
      common < this.#prefix.length &&
      common < prompt.length - 1 &&
      prompt[common] === this.#prefix[common]
    ) {
      common += 1;
    }
    await lane.cutTo(common);
    return evaluateToNext(lane.sequence, prompt.slice(common), choice);
  }

  /** Restores a lane to the shared prefix, even if its last row had another start. */
  async close(lane: Lane): Promise<void> {
    if (lane.holds(this.#prefix)) return lane.cutTo(this.#prefix.length);
    await lane.sequence.clearHistory();
    const holder = this.lanes.find((other) => other !== lane && other.holds(this.#prefix));
    if (holder === undefined) this.#prefix = [];
    else await this.#copyPrefix(holder, lane, this.#prefix);
  }

  /** Evaluates one batch: the given steps, and a filler in every other lane. Returns results in the order of `steps`. */
  async step(steps: readonly LaneStep[]): Promise<NextToken[]> {
    const stepOf = new Map(steps.map((step) => [step.lane, step]));
    for (const lane of this.lanes) if (!stepOf.has(lane)) await lane.cutTo(this.#prefix.length);
    // In the order of the lanes: llama.cpp splits a batch whose sequence ids aren't consecutive.
    const results = await Promise.all(
      this.lanes.map(async (lane) => {
        const { id, choice } = stepOf.get(lane) ?? { id: this.#fillerId, choice: fillerChoice };
        return [lane, await evaluateToNext(lane.sequence, [id], choice)] as const;
      }),
    );
    const nextOf = new Map(results);
    return steps.flatMap(({ lane }) => nextOf.get(lane) ?? []);
  }
}
