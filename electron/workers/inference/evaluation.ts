import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  type Allows,
  bestAllowed,
  type ChosenToken,
  drawFromTop,
  drawToken,
} from "../../../shared/domain/generation/choice.ts";
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
  /** The tokens that a grammar allows here; null: all. */
  readonly allows: Allows | null;
}

/** The distribution of the token after a position, at temperature 1 and before any grammar. */
interface Raw {
  readonly best: number;
  /** ln Σ exp(logit) over the whole vocabulary. */
  readonly logNormaliser: number;
  readonly logits: ReadonlyMap<number, number>;
}

export interface NextToken extends Raw {
  /** The drawn token, or the best one for greedy decoding. Only tokens that the grammar allows are chosen. */
  readonly chosen: ChosenToken;
}

/** Returns ln P(id) at this position. Throws if the logit was not requested. */
export function logprobOf(next: Raw, id: number): number {
  const logit = next.logits.get(id);
  if (logit === undefined) throw new Error(`the logit of token ${id} was not requested`);
  return logit - next.logNormaliser;
}

type Output = Awaited<ReturnType<LlamaContextSequence["controlledEvaluate"]>>[number];
type ChosenOutput = Exclude<Output, undefined> & { chosen?: ChosenToken };
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

function rawOf(output: Exclude<Output, undefined>): Raw {
  const { token, totalLogitWeight, logits } = output.next;
  const top = token === undefined || token === null ? undefined : logits?.get(token);
  if (token === undefined || token === null || top === undefined || totalLogitWeight === undefined) {
    throw new Error("the model gave no next token");
  }
  return { best: token, logNormaliser: top + Math.log(totalLogitWeight), logits: logits ?? new Map() };
}

const listed = (output: Output) => [...(output?.next.logits ?? [])].map(([id, logit]) => ({ id, logit }));

type Read = (what: GenerateNext) => Promise<Output>;
const anyToken: Allows = () => true;

/** Returns whether the token with the largest logit may not be the chosen one. */
const isRestricted = ({ draw, allows }: LogitChoice): boolean => draw !== null || allows !== null;

/** Draws from the largest logits, or from all of them if the largest ones don't determine the draw. */
async function drawn(draw: Draw, allows: Allows, { logNormaliser }: Raw, read: Read): Promise<ChosenToken> {
  const { temperature, uniform, vocabularySize } = draw;
  const top = listed(await read(largestLogits));
  const found = drawFromTop({ top, logNormaliser, vocabularySize }, temperature, uniform, allows);
  if (found !== null) return found;
  const every = listed(await read(everyLogit));
  if (!every.some(({ id }) => allows(id))) throw noTokenAllowed();
  return drawToken(every, temperature, uniform, allows);
}

/** Returns the best allowed token, from the largest logits or else from all of them. */
async function bestOf(allows: Allows, { logNormaliser }: Raw, read: Read): Promise<ChosenToken> {
  const found =
    bestAllowed(listed(await read(largestLogits)), allows) ??
    bestAllowed(listed(await read(everyLogit)), allows);
  if (found === null) throw noTokenAllowed();
  return { id: found.id, logprob: found.logit - logNormaliser };
}

function noTokenAllowed(): Failure {
  return new Failure("bad-value", "no token of the model is allowed to continue the answer", {
    hint: "Its tokenizer lacks letters or a line feed. Generate without the names grammar and the refusal threshold.",
  });
}

/** Returns the token that the choice selects from one output. `read` reads the same output again. */
async function chosenFrom({ draw, allows }: LogitChoice, raw: Raw, read: Read): Promise<ChosenToken> {
  const allowed = allows ?? anyToken;
  if (draw !== null) return drawn(draw, allowed, raw, read);
  if (!allowed(raw.best)) return bestOf(allowed, raw, read);
  return { id: raw.best, logprob: logprobOf(raw, raw.best) };
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
  const rereads = canReread(sequence);
  const input = ids.map((id, index): ControlledEvaluateInputItem => {
    const choice = choices[index] ?? null;
    if (choice === null) return id as Token;
    return [
      id as Token,
      { generateNext: rereads || !isRestricted(choice) ? someLogits(choice) : everyLogit },
    ];
  });
  const chooseAt = async (index: number, readOutput: () => Promise<Output>): Promise<Output> => {
    const output: ChosenOutput | undefined = await readOutput();
    const choice = choices[index] ?? null;
    if (output === undefined || choice === null || !isRestricted(choice)) return output;
    const read: Read = (generateNext) => {
      input[index] = [ids[index] as Token, { generateNext }];
      return readOutput();
    };
    return { ...output, chosen: await chosenFrom(choice, rawOf(output), read) } as Output;
  };
  const evaluated = (): Promise<Output[]> => sequence.controlledEvaluate(input);
  const restricted = choices.some((choice) => choice !== null && isRestricted(choice));
  const outputs: (ChosenOutput | undefined)[] =
    restricted && rereads ? await readingOutputsWith(sequence, chooseAt, evaluated) : await evaluated();
  const nexts: NextToken[] = [];
  for (const [index, output] of outputs.entries()) {
    const choice = choices[index] ?? null;
    if (output === undefined || choice === null) continue;
    const raw = rawOf(output);
    nexts.push({ ...raw, chosen: output.chosen ?? (await chosenFrom(choice, raw, async () => output)) });
  }
  return nexts;
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
