import type { ControlledEvaluateInputItem, LlamaContextSequence, Token } from "node-llama-cpp";
import type { TokenLogit } from "../../../shared/domain/generation/choice.ts";

/** Selects the raw logits to return for a position. All of them are slow with a large vocabulary. */
export type LogitChoice =
  | { readonly kind: "all" }
  | { readonly kind: "some"; readonly ids: readonly number[]; readonly top: number };

/** The distribution of the token after a position, raw at temperature 1. */
export interface NextToken {
  readonly best: number;
  /** ln Σ exp(logit) over the whole vocabulary. */
  readonly logNormaliser: number;
  readonly logits: ReadonlyMap<number, number>;
}

/** Returns ln P(id) at this position. Throws if the logit was not requested. */
export function logprobOf(next: NextToken, id: number): number {
  const logit = next.logits.get(id);
  if (logit === undefined) throw new Error(`the logit of token ${id} was not requested`);
  return logit - next.logNormaliser;
}

export function allLogits(next: NextToken): TokenLogit[] {
  return [...next.logits].map(([id, logit]) => ({ id, logit }));
}

function withOutput(id: number, choice: LogitChoice): ControlledEvaluateInputItem {
  const logits =
    choice.kind === "all"
      ? true
      : { filter: { tokens: choice.ids as Token[], includeSelected: true, includeTop: choice.top } };
  // Temperature 0 keeps the logits raw: node-llama-cpp returns them "after applying the options".
  const generateNext = { token: true, totalLogitWeight: true, logits, options: { temperature: 0 } };
  return [id as Token, { generateNext }];
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
  const input = ids.map((id, index): ControlledEvaluateInputItem => {
    const choice = choiceAt(index);
    return choice === null ? (id as Token) : withOutput(id, choice);
  });
  const outputs = await sequence.controlledEvaluate(input);
  return outputs.flatMap((output) => {
    if (output === undefined) return [];
    const { token, totalLogitWeight, logits } = output.next;
    const top = token === undefined || token === null ? undefined : logits?.get(token);
    if (token === undefined || token === null || top === undefined || totalLogitWeight === undefined) {
      throw new Error("the model gave no next token");
    }
    return [{ best: token, logNormaliser: top + Math.log(totalLogitWeight), logits: logits ?? new Map() }];
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
