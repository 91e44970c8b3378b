import type { LlamaContext, LlamaContextSequence, Token } from "node-llama-cpp";
import { evaluateToNext, type LogitChoice, type NextToken } from "./evaluation.ts";

/** What a lane does in a step: the token behind which the next is wanted. */
export interface LaneStep {
  readonly lane: Lane;
  readonly id: number;
  readonly choice: LogitChoice;
}

/** One sequence of the context. It holds the shared prefix and, behind it, the row that it works on. */
export class Lane {
  readonly sequence: LlamaContextSequence;

  constructor(sequence: LlamaContextSequence) {
    this.sequence = sequence;
  }

  /** Whether it begins with these tokens. */
  holds(prefix: readonly number[]): boolean {
    return this.sequence.compareContextTokens([...prefix] as Token[]).firstDifferentIndex >= prefix.length;
  }

  /** Drops all behind the first `length` tokens. */
  async cutTo(length: number): Promise<void> {
    const { nextTokenIndex } = this.sequence;
    if (nextTokenIndex > length)
      await this.sequence.eraseContextTokenRanges([{ start: length, end: nextTokenIndex }]);
  }
}

const fillerChoice: LogitChoice = { kind: "some", ids: [], top: 0 };

interface CopyingSequence {
  _copyStateFromOtherSequence(source: LlamaContextSequence, upToTokenIndex: number): Promise<boolean>;
}

/** node-llama-cpp's own decision context forks so; the method is not in its public types, so it may be gone. */
function canCopy(sequence: object): sequence is CopyingSequence {
  return (
    "_copyStateFromOtherSequence" in sequence && typeof sequence._copyStateFromOtherSequence === "function"
  );
}

/**
 * The lanes of a context, stepped together. llama.cpp picks its kernels by the number of tokens in a batch, and other
 * kernels give other last bits (tried: up to 4e-3 in a logit between one and three tokens). So every step holds
 * exactly one token of every lane, an idle lane a token that is thrown away, and what is behind a prompt is evaluated
 * alone: a row's bits depend on nothing but the row and the number of lanes.
 */
export class LaneSet {
  readonly lanes: readonly Lane[];
  /** The id of the adapter that the context was loaded with; null: none. */
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

  /** Evaluates the shared prefix once and copies it to every lane; nothing to do where they hold it. */
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

  /** Evaluates a prompt in a batch of its own and returns the distribution behind it. */
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

  /** Restores a lane to the shared prefix, also where its last row had begun otherwise. */
  async close(lane: Lane): Promise<void> {
    if (lane.holds(this.#prefix)) return lane.cutTo(this.#prefix.length);
    await lane.sequence.clearHistory();
    const holder = this.lanes.find((other) => other !== lane && other.holds(this.#prefix));
    if (holder === undefined) this.#prefix = [];
    else await this.#copyPrefix(holder, lane, this.#prefix);
  }

  /** One batch: the steps given, and a filler in every other lane. Results in the order of `steps`. */
  async step(steps: readonly LaneStep[]): Promise<NextToken[]> {
    const stepOf = new Map(steps.map((step) => [step.lane, step]));
    for (const lane of this.lanes) if (!stepOf.has(lane)) await lane.cutTo(this.#prefix.length);
    // In the lanes' own order: llama.cpp splits a batch whose sequence ids do not rise one by one.
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
