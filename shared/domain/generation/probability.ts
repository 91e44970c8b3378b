import type { NameProbability } from "../../schema/inference.ts";

/** One token of a completion: its text and the natural log of its probability given all before it. */
export interface ScoredToken {
  readonly piece: string;
  readonly logprob: number;
}

function probabilityOf(logprobs: readonly number[]): NameProbability | null {
  if (logprobs.length === 0) return null;
  const sum = logprobs.reduce((total, logprob) => total + logprob, 0);
  return { probability: Math.exp(sum), perToken: Math.exp(sum / logprobs.length) };
}

/**
 * The probability of each line of a completion: product over the line's tokens and its terminator (the newline, or
 * the end of text for the last) given all before it (reference/numbers.md). One entry per line of the text.
 * `end` is the logprob of the end of text, null where the completion was cut off.
 * Null: an empty line, one cut off, and both lines that share a token with text on either side of the newline.
 */
export function nameProbabilities(
  tokens: readonly ScoredToken[],
  end: number | null,
): (NameProbability | null)[] {
  const lines: (NameProbability | null)[] = [];
  let current: number[] = [];
  let text = "";
  let shared = false;
  const close = (terminator: number): void => {
    lines.push(text.trim() === "" || shared ? null : probabilityOf([...current, terminator]));
  };
  for (const { piece, logprob } of tokens) {
    const parts = piece.split("\n");
    if (parts.length === 1) {
      current.push(logprob);
      text += piece;
      continue;
    }
    shared ||= parts[0] !== "";
    close(logprob);
    for (let between = 1; between < parts.length - 1; between++) lines.push(null);
    current = [];
    text = parts.at(-1) ?? "";
    shared = text !== "";
  }
  if (end === null) lines.push(null);
  else close(end);
  return text.trim() === "" && lines.length === 1 ? [] : lines;
}

/** The distribution after some whitespace tokens: probability of the end of text, and of each whitespace token. */
export interface WhitespaceStep {
  readonly end: number;
  readonly whitespace: ReadonlyMap<number, number>;
}

/** Of the whitespace tokens after a path, the rarest are not followed while they carry no more than this together. */
const negligibleMass = 1e-4;

/** How many whitespace tokens before the end of text still make a refusal. */
const refusalWhitespace = 2;

/**
 * P(end | prompt) + Σ over paths of one or two whitespace tokens of P(path)·P(end | path) (reference/numbers.md).
 * `stepAfter(path)` evaluates the model after a path, the expensive part; where whitespace hardly ever follows it is not
 * asked at all. The result is too small by at most `skipped`, the mass of the paths not followed.
 */
export async function refusalProbability(
  first: WhitespaceStep,
  stepAfter: (path: readonly number[]) => Promise<WhitespaceStep>,
): Promise<{ probability: number; skipped: number }> {
  let probability = first.end;
  let skipped = 0;
  const follow = async (step: WhitespaceStep, path: readonly number[], mass: number): Promise<void> => {
    let behind = [...step.whitespace.values()].reduce((sum, chance) => sum + mass * chance, 0);
    for (const [id, chance] of [...step.whitespace].sort(([, one], [, other]) => other - one)) {
      if (behind <= negligibleMass) break;
      const pathMass = mass * chance;
      behind -= pathMass;
      const next = [...path, id];
      const after = await stepAfter(next);
      probability += pathMass * after.end;
      if (next.length < refusalWhitespace) await follow(after, next, pathMass);
    }
    skipped += Math.max(0, behind);
  };
  await follow(first, [], 1);
  return { probability: Math.min(1, probability), skipped };
}
