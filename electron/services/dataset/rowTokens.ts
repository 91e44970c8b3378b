import { readTable, type Table } from "../../../shared/domain/csv/table.ts";
import { isTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  inFileOrder,
  type LintRow,
  lintSubject,
  tokenFindings,
} from "../../../shared/domain/lint/lintFile.ts";
import {
  COMPLETION_END,
  mostCompletionTokens,
  mostPromptTokens,
} from "../../../shared/domain/lint/tokenBound.ts";
import { completionOf } from "../../../shared/domain/naming/completion.ts";
import type { Finding, LintedFile } from "../../../shared/schema/dataset.ts";

/** The tokenizer of a workspace's base and its limits. */
export interface RowTokens {
  /** Returns the prompt for a description. */
  prompt(description: string): string;
  /** The maximum tokens of prompt and completion together in training, and of a prompt in an evaluation. */
  readonly trainingLimit: number;
  readonly promptLimit: number;
  /** The most tokens that the base's chat format puts around a prompt. */
  readonly around: number;
  /**
   * Returns the exact number of tokens of each text with the dummy prefix, and with the chat format's tokens around a
   * prompt. Returns null when the base isn't available; long rows are then not reported.
   */
  count(texts: readonly string[], asPrompt: boolean): Promise<number[] | null>;
}

/** Returns findings for rows beyond the base's limit; `test` counts prompts only. Tokenizes only rows that may be too long. */
export async function longRows(table: Table, tokens: RowTokens, test = isTestSet(table)): Promise<Finding[]> {
  const limit = test ? tokens.promptLimit : tokens.trainingLimit;
  const completionIn = ({ names }: LintRow) => (test ? null : (names ?? []));
  const suspects = lintSubject(table, { part: true }).rows.filter((row) => {
    const completion = completionIn(row);
    const most =
      mostPromptTokens(tokens.prompt(row.description), tokens.around) +
      (completion === null ? 0 : mostCompletionTokens(completion));
    return most > limit;
  });
  if (suspects.length === 0) return [];
  const prompts = await tokens.count(
    suspects.map((row) => tokens.prompt(row.description)),
    true,
  );
  const completions = await tokens.count(
    suspects.map((row) => completionOf(completionIn(row) ?? [])),
    false,
  );
  if (prompts === null || completions === null) return [];
  const ofRow = new Map(
    suspects.map((row, at) => {
      const completion = completionIn(row);
      const prompt = prompts[at] ?? 0;
      if (completion === null) return [row, prompt];
      return [row, prompt + COMPLETION_END + (completion.length === 0 ? 0 : (completions[at] ?? 0))];
    }),
  );
  return suspects.flatMap((row) => tokenFindings(table, [row], { limit, count: () => ofRow.get(row) ?? 0 }));
}

/** Adds findings about long rows to a linted file. */
export async function withLongRows(
  linted: LintedFile,
  bytes: Uint8Array,
  tokens: RowTokens,
): Promise<LintedFile> {
  const found = await longRows(readTable(bytes, linted.file), tokens);
  if (found.length === 0) return linted;
  return {
    ...linted,
    errors: linted.errors + found.length,
    findings: inFileOrder([...linted.findings, ...found]),
  };
}

/** The maximum number of rows that a failure lists. */
const NAMED_ROWS = 10;

/**
 * Throws `Failure` `bad-value` before an evaluation when prompts of test rows are too long for the base, with the
 * position of the first one. Rows that can't be counted are left to the evaluation itself.
 * @param evaluated  the numbers of the rows that count; null: all
 */
export async function refuseLongRows(
  bytes: Uint8Array,
  file: string,
  tokens: RowTokens,
  evaluated: ReadonlySet<number> | null = null,
): Promise<void> {
  const table = readTable(bytes, file);
  const long = (await longRows(table, tokens, true)).filter(
    ({ row }) => evaluated === null || (row !== null && evaluated.has(row)),
  );
  const [first] = long;
  if (first === undefined) return;
  const rows = long.slice(0, NAMED_ROWS).map(({ row }) => row);
  const more = long.length > NAMED_ROWS ? ` and ${long.length - NAMED_ROWS} more` : "";
  throw new Failure(
    "bad-value",
    `${long.length === 1 ? "row" : "rows"} ${rows.join(", ")}${more} of ${file}: ${first.message}`,
    {
      hint: "Shorten the descriptions or the prompt, or remove the rows from the test set. Nothing was generated.",
      file,
      column: "description",
      ...(first.row === null ? {} : { row: first.row }),
    },
  );
}
