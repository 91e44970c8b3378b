import { z } from "zod";
import { LookBudgetSchema } from "./decisionSettings.ts";
import { Count } from "./numbers.ts";

/** The held-out rows of a test set, by the hash of each description. Recorded at the first look. */
const HeldoutRowsSchema = z.strictObject({
  kind: z.literal("rows"),
  testSet: z.string(),
  rows: z.array(z.string()),
});

const lookFields = {
  /** The same for the same look, so that a line that git merged twice counts once. */
  id: z.string(),
  at: z.string(),
  testSet: z.string(),
  /** Null: from the counter of earlier versions, which had no budget. */
  budget: LookBudgetSchema.nullable(),
  baseline: z.string(),
  candidate: z.string(),
};

/** Two results were compared. `results`: their held-out rows by hash; null: from the counter of earlier versions. */
const DecisionLookSchema = z.strictObject({
  kind: z.literal("decision"),
  ...lookFields,
  results: z.tuple([z.string(), z.string()]).nullable(),
});

/** The user read the held-out rows of the results of these runs; null: from the counter of earlier versions. */
const ReadingLookSchema = z.strictObject({
  kind: z.literal("reading"),
  ...lookFields,
  runs: z.array(z.string()).nullable(),
});

/** A line of `data/heldout-looks.jsonl`. */
export const LookEntrySchema = z.discriminatedUnion("kind", [
  HeldoutRowsSchema,
  DecisionLookSchema,
  ReadingLookSchema,
]);
export type LookEntry = z.infer<typeof LookEntrySchema>;
export type HeldoutLook = Exclude<LookEntry, { kind: "rows" }>;

/** How the present held-out rows were used so far. */
export const LookStatusSchema = z.strictObject({
  testSet: z.string(),
  used: Count,
  budget: LookBudgetSchema,
  decisions: Count,
  readings: Count,
  /** The budget in namewright.json, which counts only until the first look. */
  configured: LookBudgetSchema,
});
export type LookStatus = z.infer<typeof LookStatusSchema>;
