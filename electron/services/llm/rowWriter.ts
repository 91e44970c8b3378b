import { z } from "zod";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { fence } from "../../../shared/domain/judging/fence.ts";
import { lengthWords } from "../../../shared/domain/rowPlan/axes.ts";
import { type DatasetRow, DatasetRowSchema } from "../../../shared/schema/dataset.ts";
import { type UnscoredReason, UnscoredReasonSchema } from "../../../shared/schema/judge.ts";
import { type RowCell, type Trade, TradeSchema } from "../../../shared/schema/rowCell.ts";
import type { ChatRequest } from "./attempt.ts";
import type { Answer, Chat } from "./chat.ts";
import type { Meter } from "./meter.ts";
import type { Prompt, PromptName } from "./prompts.ts";

/**
 * A reply's content with the name of the model that wrote it, or why there is none. `budget`: a spending limit was
 * reached, and no call was made.
 */
export type Written<Content> =
  | { readonly kind: "written"; readonly content: Content; readonly model: string }
  | { readonly kind: "unusable"; readonly reason: UnscoredReason; readonly detail: string };

export interface CellRequest {
  readonly cell: RowCell;
  /** How many of the cell's rows are still missing. */
  readonly count: number;
  readonly omit: readonly string[];
  /** Rows of the dataset of the same kind. Never held-out rows. */
  readonly examples: readonly DatasetRow[];
  /** Rows of earlier replies for this cell, with the reason why each was rejected. */
  readonly rejected: readonly { readonly description: string; readonly reason: string }[];
  /** Beginnings and endings that names can't have anymore. */
  readonly avoid: readonly string[];
}

/** Weak rows that share words, for which an LLM finds a name. */
export interface NamelessGroup {
  readonly id: number;
  readonly expected: "names" | "refusal";
  readonly words: readonly string[];
  /** Descriptions of dev rows. */
  readonly examples: readonly string[];
}

export interface GroupName {
  readonly id: number;
  readonly name: string;
}

interface Asked {
  /** Identifies the request in the run's journal. */
  readonly key: string;
  /** Sent to the endpoint, so that an endpoint that supports it repeats its reply. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A reply that was paid for: its text, or why it has none. A later attempt of the run may use another model. */
export const PaidReplySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string(), model: z.string() }),
  z.strictObject({ kind: z.literal("unusable"), reason: UnscoredReasonSchema, detail: z.string() }),
]);
export type PaidReply = z.infer<typeof PaidReplySchema>;

/** Replies that were paid for, by the key of their request. */
export interface PaidReplies {
  get(key: string): PaidReply | undefined;
  put(key: string, reply: PaidReply): Promise<void>;
}

/** Asks an LLM for trades, names of groups and rows. The caller checks them. */
export interface RowWriter {
  /** @throws Failure `service-refused` or `cancelled` */
  trades(count: number, omit: readonly string[], asked: Asked): Promise<Written<Trade[]>>;
  /** Names groups of rows, all in one call. @throws Failure `service-refused` or `cancelled` */
  groupNames(groups: readonly NamelessGroup[], asked: Asked): Promise<Written<GroupName[]>>;
  /** @throws Failure `service-refused` or `cancelled` */
  rows(request: CellRequest, asked: Asked): Promise<Written<DatasetRow[]>>;
}

/** The prompts of the row writer, by their name in `readPrompt`. */
export const writerPrompts = {
  trades: "trades",
  groups: "groups",
  safe: "answers",
  neighbour: "neighbours",
  refusal: "refusals",
} as const satisfies Record<string, PromptName>;

const TradesReplySchema = z.strictObject({ trades: z.array(TradeSchema) });
const GroupsReplySchema = z.strictObject({
  groups: z.array(z.strictObject({ id: z.number().int(), name: z.string() })),
});
const RowsReplySchema = z.strictObject({ rows: z.array(DatasetRowSchema) });

/** Returns what the journal keeps of a model's answer. */
function replyOf(answer: Answer, model: string): PaidReply {
  if (answer.kind === "text") return { kind: "text", text: answer.text, model };
  return { kind: "unusable", reason: answer.reason, detail: answer.detail };
}

/** Parses a reply. */
function readReply<Content>(reply: PaidReply, schema: z.ZodType<Content>): Written<Content> {
  if (reply.kind === "unusable") return reply;
  const { text, model } = reply;
  const malformed = (detail: string) => ({ kind: "unusable", reason: "malformed-reply", detail }) as const;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return malformed(`not JSON: ${JSON.stringify(text.slice(0, 120))}`);
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { kind: "written", content: parsed.data, model }
    : malformed(issueWords(parsed.error, json).slice(0, 500));
}

/** Returns the fields of a cell that describe its business to the LLM. */
function businessOf({ kind, topic, sector, owner, region, tone, length, constraint, edge, style }: RowCell) {
  return {
    ...(kind === "safe" ? { trade: topic, sector } : { harmfulTopic: topic }),
    owner,
    region,
    tone,
    length: lengthWords[length],
    ...(constraint === null ? {} : { wishAboutNames: constraint === "numbers" ? "numbers" : "no hyphens" }),
    ...(edge === null ? {} : { special: edge }),
    ...(style === null ? {} : { style }),
  };
}

export interface RowWriterDependencies {
  readonly chat: Chat;
  /** The name of the model that the chat asks. */
  readonly model: string;
  readonly prompts: Readonly<Record<keyof typeof writerPrompts, Prompt>>;
  readonly meter: Meter;
  readonly paid: PaidReplies;
}

export function createRowWriter({ chat, model, prompts, meter, paid }: RowWriterDependencies): RowWriter {
  async function ask<Content>(
    request: ChatRequest,
    schema: z.ZodType<Content>,
    { key, signal }: Asked,
  ): Promise<Written<Content>> {
    const earlier = paid.get(key);
    if (earlier !== undefined) {
      meter.cacheHit();
      return readReply(earlier, schema);
    }
    const answer = await chat.ask(request, meter, signal);
    const reply = replyOf(answer, model);
    if (answer.kind === "text" || answer.billed) await paid.put(key, reply);
    return readReply(reply, schema);
  }
  const requestOf = (prompt: Prompt, schemaName: string, data: unknown, seed: number): ChatRequest => ({
    system: prompt.instructions,
    user: fence(data),
    schemaName,
    schema: prompt.schema,
    seed,
  });
  return {
    async trades(count, omit, asked) {
      const request = requestOf(prompts.trades, "trades_reply", { count, stayAwayFrom: omit }, asked.seed);
      const written = await ask(request, TradesReplySchema, asked);
      return written.kind === "written" ? { ...written, content: written.content.trades } : written;
    },
    async groupNames(groups, asked) {
      const request = requestOf(prompts.groups, "groups_reply", { groups }, asked.seed);
      const written = await ask(request, GroupsReplySchema, asked);
      return written.kind === "written" ? { ...written, content: written.content.groups } : written;
    },
    async rows({ cell, count, omit, examples, rejected, avoid }, asked) {
      const data = {
        count,
        business: businessOf(cell),
        stayAwayFrom: omit,
        examples,
        ...(rejected.length === 0 ? {} : { rejected }),
        ...(avoid.length === 0 || cell.kind === "refusal" ? {} : { avoidInNames: avoid }),
      };
      const request = requestOf(prompts[cell.kind], "rows_reply", data, asked.seed);
      const written = await ask(request, RowsReplySchema, asked);
      if (written.kind !== "written") return written;
      // The expected answer of a refusal has no names, whatever the LLM wrote.
      const content = written.content.rows.map(({ description, suggestions }) => ({
        description: description.trim(),
        suggestions: cell.kind === "refusal" ? [] : suggestions,
      }));
      return { ...written, content };
    },
  };
}
