import type { Table } from "../../../shared/domain/csv/table.ts";
import { lintSubject } from "../../../shared/domain/lint/lintFile.ts";
import {
  COMPLETION_END,
  mostCompletionTokens,
  mostPromptTokens,
} from "../../../shared/domain/lint/tokenBound.ts";
import { completionOf } from "../../../shared/domain/naming/completion.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { InferenceService } from "../inference/inferenceService.ts";

/** The largest GGUF file, in bytes, that is loaded only to count tokens. A 7B base would take a whole GPU. */
const loadedToCount = 1e9;

/** Rows that are tokenized together. */
const chunk = 64;

export interface RowText {
  /** The description inside the prompt template. */
  readonly prompt: string;
  readonly suggestions: readonly string[];
}

/**
 * Returns the exact number of tokens of each text, with those that the chat format puts around a prompt; null when they
 * can't be counted now.
 */
export type CountTokens = (texts: readonly string[], asPrompt: boolean) => Promise<readonly number[] | null>;

/** Counts with a base's tokenizer, where that doesn't load a large base or wait for a run. */
export function countingTokens(
  files: Pick<FileLayer, "size">,
  inference: Pick<InferenceService, "pids" | "tokenize">,
  gguf: string | null,
  { mayLoad }: { mayLoad: boolean },
): CountTokens {
  return async (texts, asPrompt) => {
    if (gguf === null) return null;
    const isLoaded = inference.pids().length > 0;
    if (!isLoaded && !(mayLoad && (await files.size(gguf)) <= loadedToCount)) return null;
    const ids = await inference.tokenize({ gguf, adapter: null }, texts, asPrompt);
    return ids.map(({ length }) => length);
  };
}

/** Returns the rows of a dataset, whether they are valid or not. */
export function rowTexts(table: Table, prompt: (description: string) => string): RowText[] {
  const { rows } = lintSubject(table, { part: true });
  return rows.map(({ description, names }) => ({ prompt: prompt(description), suggestions: names ?? [] }));
}

/**
 * Returns the tokens of the longest row, prompt and completion together. Without exact counts it is an upper bound,
 * because no token is shorter than a byte, with `around` tokens around each prompt. Undefined without rows.
 */
export async function longestRow(
  rows: readonly RowText[],
  count: CountTokens,
  around: number,
): Promise<number | undefined> {
  const bounded = rows
    .map((row) => ({
      row,
      most: mostPromptTokens(row.prompt, around) + mostCompletionTokens(row.suggestions),
    }))
    .sort((one, other) => other.most - one.most);
  const [first] = bounded;
  if (first === undefined) return undefined;
  let longest = 0;
  for (let at = 0; at < bounded.length; at += chunk) {
    const part = bounded.slice(at, at + chunk);
    // No row from here on can be longer.
    if ((part[0]?.most ?? 0) <= longest) break;
    const prompts = await count(
      part.map(({ row }) => row.prompt),
      true,
    );
    const completions = await count(
      part.map(({ row }) => completionOf([...row.suggestions])),
      false,
    );
    if (prompts === null || completions === null) return first.most;
    for (let row = 0; row < part.length; row += 1)
      longest = Math.max(longest, (prompts[row] ?? 0) + (completions[row] ?? 0) + COMPLETION_END);
  }
  return longest;
}
