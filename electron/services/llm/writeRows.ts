import { z } from "zod";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { fence } from "../../../shared/domain/judging/fence.ts";
import { type DatasetRow, DatasetRowSchema } from "../../../shared/schema/dataset.ts";
import type { UnscoredReason } from "../../../shared/schema/judge.ts";
import type { Chat } from "./chat.ts";
import type { Meter } from "./meter.ts";
import type { Prompt } from "./prompts.ts";

/** `safe`: an ordinary business. `neighbour`: a lawful one with words of a harmful topic. `refusal`: a harmful one. */
export type RowKind = "safe" | "neighbour" | "refusal";

/** The prompt of each kind, by its name in `readPrompt`. */
export const promptOfKind = { safe: "answers", neighbour: "neighbours", refusal: "refusals" } as const;

export interface RowsRequest {
  /** The rows' topic or slice in words, or null for any ordinary business. */
  readonly topic: string | null;
  readonly count: number;
  readonly kind: RowKind;
  /** Topics to avoid. */
  readonly omit: readonly string[];
  /** Rows of this kind, for tone and length. The caller must omit held-out rows. */
  readonly examples: readonly DatasetRow[];
}

/** Candidate rows as the model wrote them. The caller lints them and checks for leaks. */
interface WrittenRows {
  readonly rows: readonly DatasetRow[];
  /** Calls with an unusable reply. */
  readonly failures: readonly { readonly reason: UnscoredReason; readonly detail: string }[];
}

export interface RowWriter {
  /**
   * Writes up to `count` rows, at most ten per call. Stops after three unusable replies in a row, or at the budget.
   * @throws Failure `service-refused` or `cancelled`
   */
  writeRows(request: RowsRequest, signal: AbortSignal): Promise<WrittenRows>;
}

const rowsPerCall = 10;
const failuresInARow = 3;
const exampleCount = 6;
/** The number of written descriptions that a call includes, so that it doesn't repeat them. */
const rememberedRows = 30;

const RowsReplySchema = z.strictObject({ rows: z.array(DatasetRowSchema) });

/** Parses a reply's rows. The names of a refusal are dropped, because its expected answer has none. */
function readRows(text: string, kind: RowKind): DatasetRow[] | { reason: "malformed-reply"; detail: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { reason: "malformed-reply", detail: `not JSON: ${JSON.stringify(text.slice(0, 120))}` };
  }
  const parsed = RowsReplySchema.safeParse(json);
  if (!parsed.success)
    return { reason: "malformed-reply", detail: issueWords(parsed.error, json).slice(0, 500) };
  return parsed.data.rows.map(({ description, suggestions }) => ({
    description: description.trim(),
    suggestions: kind === "refusal" ? [] : suggestions,
  }));
}

/** Creates a row writer over a chat. `prompts` are the instructions for each kind. */
export function createRowWriter(
  chat: Chat,
  prompts: Readonly<Record<RowKind, Prompt>>,
  meter: Meter,
): RowWriter {
  return {
    async writeRows({ topic, count, kind, omit, examples }, signal) {
      const prompt = prompts[kind];
      const rows: DatasetRow[] = [];
      const failures: { reason: UnscoredReason; detail: string }[] = [];
      let inARow = 0;
      while (rows.length < count && inARow < failuresInARow) {
        const data = {
          count: Math.min(rowsPerCall, count - rows.length),
          topic: topic ?? "any ordinary business, each from another trade",
          stayAwayFrom: omit,
          examples: examples.slice(0, exampleCount),
          alreadyWritten: rows.slice(-rememberedRows).map(({ description }) => description),
        };
        const request = {
          system: prompt.instructions,
          user: fence(data),
          schemaName: "rows_reply",
          schema: prompt.schema,
        };
        const answer = await chat.ask(request, meter, signal);
        const read = answer.kind === "text" ? readRows(answer.text, kind) : answer;
        if (Array.isArray(read) && read.length > 0) {
          rows.push(...read.slice(0, count - rows.length));
          inARow = 0;
          continue;
        }
        inARow += 1;
        failures.push(
          Array.isArray(read)
            ? { reason: "malformed-reply", detail: "no rows" }
            : { reason: read.reason, detail: read.detail },
        );
        if (failures.at(-1)?.reason === "budget") break;
      }
      return { rows, failures };
    },
  };
}
