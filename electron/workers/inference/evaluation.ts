import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { type ChosenToken, drawFromTop, drawToken } from "../../../shared/domain/generation/choice.ts";
import { canReread, readingOutputsWith } from "./rereads.ts";

/** A draw from softmax(logits / temperature) by inversion. `uniform` in [0, 1) picks the token. */
interface Draw {
  readonly temperature: number;
  readonly uniform: number;
  readonly vocabularySize: number;
}

/** Selects what to return for a position. Every logit costs time, so only some of them are returned. */
export interface LogitChoice {
  readonly ids: readonly number[];
  /** How many of the largest logits to return as well. More than 0 sorts the whole vocabulary. */
  readonly top: number;
  readonly draw: Draw | null;
}

/** The distribution of the token after a position, raw at temperature 1. */
export interface NextToken {
  readonly best: number;
  /** ln Σ exp(logit) over the whole vocabulary. */
  readonly logNormaliser: number;
  readonly logits: ReadonlyMap<number, number>;
  /** The drawn token, if a draw was requested. */
  readonly drawn: ChosenToken | null;
}

/** Returns ln P(id) at this position. Throws if the logit was not requested. */
export function logprobOf(next: NextToken, id: number): number {
  const logit = next.logits.get(id);
  if (logit === undefined) throw new Error(`the logit of token ${id} was not requested`);
  return logit - next.logNormaliser;
}

type Output = Awaited<ReturnType<LlamaContextSequence["controlledEvaluate"]>>[number];
type DrawnOutput = Exclude<Output, undefined> & { drawn?: ChosenToken };
type GenerateNext = NonNullable<Extract<ControlledEvaluateInputItem, unknown[]>[1]["generateNext"]>;

/** Temperature 0 keeps the logits raw: node-llama-cpp returns them "after applying the options". */
const raw = { temperature: 0 };
const everyLogit: GenerateNext = { token: true, totalLogitWeight: true, logits: true, options: raw };

/** The tokens that a draw looks at before it asks for the whole vocabulary. */
const likelyTokens = 1024;
/** llama.cpp's own sampler finds the largest logits without sorting the others. Temperature 1 keeps them raw. */
const largestLogits: GenerateNext = {
  token: true,
  logits: true,
  options: { temperature: 1, topK: likelyTokens, topP: 1, minP: 0, seed: 0 },
};

function someLogits({ ids, top }: LogitChoice): GenerateNext {
  const filter = { tokens: [...ids] as Token[], includeSelected: true, includeTop: top };
  return { token: true, totalLogitWeight: true, logits: { filter }, options: raw };
}

function nextOf(output: Exclude<Output, undefined>): Omit<NextToken, "drawn"> {
  const { token, totalLogitWeight, logits } = output.next;
  const top = token === undefined || token === null ? undefined : logits?.get(token);
  if (token === undefined || token === null || top === undefined || totalLogitWeight === undefined) {
    throw new Error("the model gave no next token");
  }
  return { best: token, logNormaliser: top + Math.log(totalLogitWeight), logits: logits ?? new Map() };
}

const listed = (output: Output) => [...(output?.next.logits ?? [])].map(([id, logit]) => ({ id, logit }));

/** Draws from the largest logits, or from all of them if the largest ones don't determine the draw. */
async function drawn(
  { temperature, uniform, vocabularySize }: Draw,
  { logNormaliser }: Pick<NextToken, "logNormaliser">,
  read: (what: GenerateNext) => Promise<Output>,
): Promise<ChosenToken> {
  const top = listed(await read(largestLogits));
  return (
    drawFromTop({ top, logNormaliser, vocabularySize }, temperature, uniform) ??
    drawToken(listed(await read(everyLogit)), temperature, uniform)
  );
}

/**
 * Evaluates `ids` after the tokens of the sequence. Returns the distributions after those for which `choiceAt` returns a
 * choice, in order. Throws if the native side returns no output.
 */
export async function evaluate(
  sequence: LlamaContextSequence,
  ids: readonly number[],
  choiceAt: (index: number) => LogitChoice | null,
): Promise<NextToken[]> {
  const choices = ids.map((_, index) => choiceAt(index));
  const canDraw = canReread(sequence);
  const input = ids.map((id, index): ControlledEvaluateInputItem => {
    const choice = choices[index] ?? null;
    if (choice === null) return id as Token;
    const generateNext = choice.draw === null || canDraw ? someLogits(choice) : everyLogit;
    return [id as Token, { generateNext }];
  });
  const drawOutput = async (index: number, readOutput: () => Promise<Output>): Promise<Output> => {
    const output: DrawnOutput | undefined = await readOutput();
    const draw = choices[index]?.draw ?? null;
    if (output === undefined || draw === null) return output;
    const read = (generateNext: GenerateNext): Promise<Output> => {
      input[index] = [ids[index] as Token, { generateNext }];
      return readOutput();
    };
    return { ...output, drawn: await drawn(draw, nextOf(output), read) } as Output;
  };
  const evaluated = (): Promise<Output[]> => sequence.controlledEvaluate(input);
  const draws = choices.some((choice) => choice !== null && choice.draw !== null);
  const outputs =
    draws && canDraw ? await readingOutputsWith(sequence, drawOutput, evaluated) : await evaluated();
  return outputs.flatMap((output: DrawnOutput | undefined, index) => {
    if (output === undefined) return [];
    const draw = choices[index]?.draw ?? null;
    const byHand = draw === null ? null : drawToken(listed(output), draw.temperature, draw.uniform);
    return [{ ...nextOf(output), drawn: output.drawn ?? byHand }];
  });
}

/** Evaluates `ids` and returns the distribution after the last one. */
export async function evaluateToNext(
  sequence: LlamaContextSequence,
  ids: readonly number[],
  choice: LogitChoice,
): Promise<NextToken> {
  const [next] = await evaluate(sequence, ids, (index) => (index === ids.length - 1 ? choice : null));
  if (next === undefined) throw new Error("nothing was evaluated");
  return next;
}
