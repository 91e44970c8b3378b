import type { ControlledEvaluateInputItem, LlamaContextSequence } from "node-llama-cpp";
import { expect, it } from "vitest";
import { drawToken, logSumExp, type TokenLogit } from "../../../shared/domain/generation/choice.ts";
import { evaluateToNext, type LogitChoice } from "./evaluation.ts";

const vocabularySize = 32_768;

/** Returns the logits of a vocabulary in which a token's probability falls with a power of its rank. */
function vocabulary(power: number): TokenLogit[] {
  return Array.from({ length: vocabularySize }, (_, rank) => ({
    id: (rank * 7) % vocabularySize,
    logit: Math.fround(-power * Math.log(rank + 1)),
  }));
}

type Item = Extract<ControlledEvaluateInputItem, unknown[]>;
type Asked = NonNullable<Item[1]["generateNext"]>;

/** Answers like node-llama-cpp: the best token, the weight of all, and the logits that were asked for. */
function answerOf(all: readonly TokenLogit[], { logits, options }: Asked) {
  const falling = [...all].sort((a, b) => b.logit - a.logit);
  const best = falling[0] as TokenLogit;
  const kept = falling.slice(0, options?.temperature === 0 ? falling.length : options?.topK);
  const wanted = new Set<number>(
    typeof logits === "object" ? [...(logits.filter.tokens ?? []), best.id] : [],
  );
  const given = logits === true ? kept : kept.filter(({ id }) => wanted.has(id));
  const totalLogitWeight = Math.exp(logSumExp(kept.map(({ logit }) => logit)) - best.logit);
  return {
    next: { token: best.id, totalLogitWeight, logits: new Map(given.map(({ id, logit }) => [id, logit])) },
  };
}

/** A sequence in which every position has the same distribution. Counts the logits that it hands over. */
class FakeSequence {
  handedOver = 0;
  reads = 0;
  readonly #all: readonly TokenLogit[];

  constructor(all: readonly TokenLogit[]) {
    this.#all = all;
  }

  read(item: ControlledEvaluateInputItem | undefined) {
    const asked = Array.isArray(item) ? item[1].generateNext : undefined;
    if (asked === undefined) return undefined;
    const answer = answerOf(this.#all, asked);
    this.reads += 1;
    this.handedOver += answer.next.logits.size;
    return answer;
  }

  async controlledEvaluate(input: ControlledEvaluateInputItem[]) {
    return input.map((item) => this.read(item));
  }

  asSequence(): LlamaContextSequence {
    return this as unknown as LlamaContextSequence;
  }
}

/** A sequence that reads its outputs through the method of node-llama-cpp that isn't public. */
class RereadableSequence extends FakeSequence {
  override async controlledEvaluate(input: ControlledEvaluateInputItem[]) {
    const mapper = async (_batchIndex: number, tokenIndex: number) => this.read(input[tokenIndex]);
    return this._decodeTokens(input, [], 0, null, null, mapper, null);
  }

  async _decodeTokens(
    tokens: unknown[],
    _logits: unknown,
    _priority: unknown,
    _meter: unknown,
    _shift: unknown,
    mapper: (batchIndex: number, tokenIndex: number) => Promise<ReturnType<FakeSequence["read"]>>,
    _after: unknown,
  ) {
    return Promise.all(tokens.map((_, index) => mapper(index, index)));
  }
}

const drawing = (uniform: number): LogitChoice => ({
  ids: [2],
  top: 0,
  draw: { temperature: 0.8, uniform, vocabularySize },
  allows: null,
});

const greedy = (allows: LogitChoice["allows"]): LogitChoice => ({ ids: [2], top: 0, draw: null, allows });

it("a draw hands over a small part of a large vocabulary and draws the same token", async () => {
  const all = vocabulary(2.5);
  for (const uniform of [0.01, 0.3, 0.6, 0.8]) {
    const sequence = new RereadableSequence(all);
    const next = await evaluateToNext(sequence.asSequence(), [7, 8], drawing(uniform));
    const expected = drawToken(all, 0.8, uniform);
    expect(next.chosen.id).toBe(expected.id);
    expect(next.chosen.logprob).toBeCloseTo(expected.logprob, 5);
    expect(next.logits.has(2)).toBe(true);
    expect(sequence.reads).toBe(2);
    expect(sequence.handedOver).toBeLessThan(1100);
  }
});

it("a draw that the largest logits don't determine reads the whole vocabulary", async () => {
  const all = vocabulary(0.5);
  const sequence = new RereadableSequence(all);
  const next = await evaluateToNext(sequence.asSequence(), [7], drawing(0.7));
  expect(next.chosen).toEqual(drawToken(all, 0.8, 0.7));
  expect(sequence.reads).toBe(3);
});

it("a draw is the same where outputs can't be read again", async () => {
  const all = vocabulary(2.5);
  const sequence = new FakeSequence(all);
  const next = await evaluateToNext(sequence.asSequence(), [7], drawing(0.6));
  const expected = drawToken(all, 0.8, 0.6);
  expect(next.chosen.id).toBe(expected.id);
  expect(next.chosen.logprob).toBeCloseTo(expected.logprob, 10);
  expect(sequence.reads).toBe(1);
});

it("greedy decoding reads each output once", async () => {
  const sequence = new RereadableSequence(vocabulary(2.5));
  const next = await evaluateToNext(sequence.asSequence(), [7], greedy(null));
  expect(next.chosen.id).toBe(0);
  expect(sequence.reads).toBe(1);
  expect(sequence.handedOver).toBe(2);
});

it("greedy decoding under a grammar reads again only where the best token isn't allowed", async () => {
  const all = vocabulary(2.5);
  const byRank = (rank: number) => all[rank] as TokenLogit;
  for (const [rank, reads] of [
    [0, 1],
    [3, 2],
    [2000, 3],
  ] as const) {
    const sequence = new RereadableSequence(all);
    const { chosen, best } = await evaluateToNext(
      sequence.asSequence(),
      [7],
      greedy((id) => id === byRank(rank).id || id === byRank(rank + 1).id),
    );
    expect(best).toBe(byRank(0).id);
    expect(chosen.id).toBe(byRank(rank).id);
    expect(chosen.logprob).toBeCloseTo(byRank(rank).logit - logSumExp(all.map(({ logit }) => logit)), 5);
    expect(sequence.reads).toBe(reads);
  }
});

it("greedy decoding under a grammar is the same where outputs can't be read again", async () => {
  const all = vocabulary(2.5);
  const sequence = new FakeSequence(all);
  const next = await evaluateToNext(
    sequence.asSequence(),
    [7],
    greedy((id) => id === all[2000]?.id),
  );
  expect(next.chosen.id).toBe(all[2000]?.id);
  expect(sequence.reads).toBe(1);
});

it.each([
  ["greedy decoding", greedy(() => false)],
  ["a draw", { ...drawing(0.5), allows: () => false }],
])("%s without an allowed token is a failure", async (_name, choice) => {
  const sequence = new RereadableSequence(vocabulary(2.5));
  await expect(evaluateToNext(sequence.asSequence(), [7], choice)).rejects.toMatchObject({
    code: "bad-value",
    hint: expect.stringContaining("refusal threshold"),
  });
});
