import { z } from "zod";
import {
  type JudgeSpending,
  JudgeSpendingSchema,
  type NamesVerdict,
  NamesVerdictSchema,
} from "../../../shared/schema/judge.ts";
import type { JournalEntry, RunEvent } from "../../../shared/schema/run.ts";

/** The engine's output for one sample of one test row. Probabilities are 0–1. */
const GeneratedSchema = z.strictObject({
  row: z.number().int().positive(),
  sample: z.number().int().nonnegative(),
  text: z.string(),
  nameProbabilities: z.array(z.strictObject({ probability: z.number(), perToken: z.number() }).nullable()),
  refusalProbability: z.number().nullable(),
  latencyMs: z.number().nullable(),
});
export type Generated = z.infer<typeof GeneratedSchema>;

/** The engine that generated the rows. Every attempt of a run must use the same one. */
const EngineSchema = z.strictObject({ engine: z.string(), precision: z.string() });
export type Engine = z.infer<typeof EngineSchema>;

const VerdictSchema = z.strictObject({
  row: z.number().int().positive(),
  sample: z.number().int().nonnegative(),
  verdict: NamesVerdictSchema,
});

export function sampleKey(row: number, sample: number): string {
  return `${row}.${sample}`;
}

export function generatedEvent(generated: Generated): RunEvent {
  return { kind: "row", key: `generated:${sampleKey(generated.row, generated.sample)}`, data: generated };
}

export function verdictEvent(row: number, sample: number, verdict: NamesVerdict): RunEvent {
  return { kind: "row", key: `judged:${sampleKey(row, sample)}`, data: { row, sample, verdict } };
}

export function engineEvent(engine: Engine): RunEvent {
  return { kind: "row", key: "engine", data: engine };
}

/** Returns the event for what this attempt has spent on the judge so far. */
export function spendingEvent(spending: JudgeSpending): RunEvent {
  return { kind: "row", key: "spending", data: spending };
}

/** Spending with a known cost, in US dollars. */
type Spent = JudgeSpending & { readonly cost: number };

function sumOf(one: Spent, other: JudgeSpending): Spent {
  return {
    calls: one.calls + other.calls,
    cacheHits: one.cacheHits + other.cacheHits,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cost: one.cost + (other.cost ?? 0),
  };
}

/** Adds up the last spending event of each attempt in a journal. An unknown cost counts as 0. */
export function readSpent(entries: readonly JournalEntry[]): Spent {
  let spent: Spent = { calls: 0, cacheHits: 0, inputTokens: 0, outputTokens: 0, cost: 0 };
  let latest: JudgeSpending | null = null;
  const close = () => {
    if (latest !== null) spent = sumOf(spent, latest);
    latest = null;
  };
  for (const { event } of entries) {
    // Every attempt starts with this event. "running" also follows a pause or a wait for the accelerator.
    if (event.kind === "status" && event.status === "queued" && event.reason === undefined) close();
    if (event.kind === "row" && event.key === "spending") {
      latest = JudgeSpendingSchema.safeParse(event.data).data ?? latest;
    }
  }
  close();
  return spent;
}

/** Returns what a run has spent in all: this attempt's spending and that of the earlier attempts in its journal. */
export function spentInAll(previous: readonly JournalEntry[], spending: JudgeSpending): JudgeSpending {
  const sum = sumOf(readSpent(previous), spending);
  return spending.cost === null ? { ...sum, cost: null } : sum;
}

/** The rows that earlier attempts of an evaluation finished. */
export interface Finished {
  readonly engine: Engine | null;
  readonly generated: Map<string, Generated>;
  /** Scored rows only: an unscored row is judged again on resume. */
  readonly verdicts: Map<string, NamesVerdict>;
}

/** A `row` event of a journal about one sample. */
export type RowEvent =
  | { readonly kind: "generated"; readonly generated: Generated }
  | ({ readonly kind: "judged" } & z.infer<typeof VerdictSchema>);

/** Reads a `row` event; null for any other event or shape, which counts as not done. */
export function readRowEvent(event: RunEvent): RowEvent | null {
  if (event.kind !== "row") return null;
  if (event.key.startsWith("generated:")) {
    const { data } = GeneratedSchema.safeParse(event.data);
    return data === undefined ? null : { kind: "generated", generated: data };
  }
  if (event.key.startsWith("judged:")) {
    const { data } = VerdictSchema.safeParse(event.data);
    return data === undefined ? null : { kind: "judged", ...data };
  }
  return null;
}

/** Reads the finished rows from an evaluation's journal. */
export function readFinished(entries: readonly JournalEntry[]): Finished {
  let engine: Engine | null = null;
  const generated = new Map<string, Generated>();
  const verdicts = new Map<string, NamesVerdict>();
  for (const { event } of entries) {
    if (event.kind === "row" && event.key === "engine") {
      engine = EngineSchema.safeParse(event.data).data ?? engine;
    }
    const row = readRowEvent(event);
    if (row?.kind === "generated") {
      generated.set(sampleKey(row.generated.row, row.generated.sample), row.generated);
    } else if (row?.kind === "judged" && row.verdict.kind === "scored") {
      verdicts.set(sampleKey(row.row, row.sample), row.verdict);
    }
  }
  return { engine, generated, verdicts };
}
