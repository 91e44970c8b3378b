import { z } from "zod";
import { Count } from "./numbers.ts";

/** A trade of the taxonomy that the LLM lists before it writes rows. */
export const TradeSchema = z.strictObject({ trade: z.string(), sector: z.string() });
export type Trade = z.infer<typeof TradeSchema>;

/**
 * One to three rows to write: where they belong and what the LLM is told about them. `topic` is a trade, a harmful topic
 * or a topic in words. `id` is unique in a plan and names the cell in the journal.
 */
export const RowCellSchema = z.strictObject({
  id: z.string(),
  slice: z.string(),
  kind: z.enum(["safe", "neighbour", "refusal"]),
  topic: z.string(),
  sector: z.string().nullable(),
  owner: z.string(),
  region: z.string(),
  tone: z.string(),
  length: z.enum(["short", "medium", "long", "ultra-long"]),
  constraint: z.enum(["no-hyphens", "numbers"]).nullable(),
  /** What makes this business unlike others of its trade; null: nothing in particular. */
  edge: z.string().nullable(),
  /** How a refusal says what it is; null for lawful businesses. */
  style: z.enum(["open", "veiled"]).nullable(),
  count: z.number().int().min(1).max(3),
});
export type RowCell = z.infer<typeof RowCellSchema>;

/** Whether descriptions were also compared by the cosine of their embeddings. */
export const EmbeddingCheckSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("checked"), model: z.string() }),
  z.strictObject({ kind: z.literal("unavailable"), reason: z.string() }),
]);
export type EmbeddingCheck = z.infer<typeof EmbeddingCheckSchema>;

/** What the judge said about the labels of a generated test set. The counts add up to its rows. */
export const LabelConfirmationSchema = z.strictObject({
  judge: z.string(),
  confirmed: Count,
  /** The judge disagreed with the request or with itself. These rows are marked for review. */
  review: Count,
  /** The judge can't label, or gave no usable answer. */
  unconfirmed: Count,
});
export type LabelConfirmation = z.infer<typeof LabelConfirmationSchema>;
