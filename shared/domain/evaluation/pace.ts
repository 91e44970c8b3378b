import { type JudgeSpending, JudgeSpendingSchema } from "../../schema/judge.ts";
import type { JournalEntry } from "../../schema/run.ts";

/** How fast a run went, and what a judge call took; null: too little to tell. */
export interface Pace {
  readonly generatedPerSecond: number | null;
  readonly judgedPerSecond: number | null;
  readonly perCall: { readonly input: number; readonly output: number } | null;
}

/** Fewer rows than this say nothing of a pace. */
const enough = 10;

/**
 * The pace of an evaluation by its journal. Each attempt is measured from its first row to its last: what came before
 * was waiting and loading, time between attempts doesn't count.
 */
export function paceOf(entries: readonly JournalEntry[]): Pace {
  const generated = new Stretch();
  const judged = new Stretch();
  const spent = { calls: 0, input: 0, output: 0 };
  let latest: JudgeSpending | null = null;
  const endStretch = () => {
    generated.close();
    judged.close();
  };
  const close = () => {
    endStretch();
    spent.calls += latest?.calls ?? 0;
    spent.input += latest?.inputTokens ?? 0;
    spent.output += latest?.outputTokens ?? 0;
    latest = null;
  };
  for (const { at, event } of entries) {
    if (event.kind === "status") {
      // A pause and waiting for the accelerator end a stretch; a new attempt, whose spending counts from 0, all.
      if (event.status === "queued" && event.reason === undefined) close();
      else endStretch();
    }
    if (event.kind !== "row") continue;
    if (event.key.startsWith("generated:")) generated.add(Date.parse(at));
    else if (event.key.startsWith("judged:")) judged.add(Date.parse(at));
    else if (event.key === "spending") latest = JudgeSpendingSchema.safeParse(event.data).data ?? latest;
  }
  close();
  return {
    generatedPerSecond: generated.perSecond(),
    judgedPerSecond: judged.perSecond(),
    perCall:
      spent.calls < enough || spent.input === 0
        ? null
        : { input: spent.input / spent.calls, output: spent.output / spent.calls },
  };
}

/** Rows in stretches of time; the first row of each only starts the clock. */
class Stretch {
  #rows = 0;
  #milliseconds = 0;
  #open: { first: number; last: number; rows: number } | null = null;

  add(at: number): void {
    if (this.#open === null) this.#open = { first: at, last: at, rows: 0 };
    else {
      this.#open.rows += 1;
      // A clock that was set back must not give negative times.
      this.#open.last = Math.max(this.#open.last, at);
    }
  }

  close(): void {
    if (this.#open !== null) {
      this.#rows += this.#open.rows;
      this.#milliseconds += this.#open.last - this.#open.first;
    }
    this.#open = null;
  }

  perSecond(): number | null {
    return this.#rows < enough || this.#milliseconds <= 0 ? null : this.#rows / (this.#milliseconds / 1000);
  }
}

/** English and JSON come to about four characters a token: a rule of thumb for a plan, never for a limit. */
const charactersPerToken = 4;

export function roughTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}
