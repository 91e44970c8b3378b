import type { Label } from "../../schema/dataset.ts";
import type { LiveRow, LiveRows } from "../../schema/evaluationRows.ts";
import type { NamesVerdict } from "../../schema/judge.ts";
import { parseCompletion } from "../naming/completion.ts";
import { isValidName } from "../naming/names.ts";

/** What of a test row a live table shows. */
export interface LiveTestRow {
  readonly row: number;
  readonly description: string;
  readonly label: Label | null;
  readonly slice: string | null;
  readonly split: "dev" | "heldout";
}

/** The rows of an evaluation under way, put together from its journal's events as they come. */
export class LiveEvaluation {
  readonly #tests: ReadonlyMap<number, LiveTestRow>;
  readonly #total: number;
  readonly #refusal: string | null;
  readonly #rows = new Map<string, LiveRow>();
  readonly #changed = new Set<string>();
  readonly #counts = { generated: 0, settled: 0, unscored: 0, heldout: 0 };

  /** `refusal`: the word that is read as a refusal. */
  constructor(tests: readonly LiveTestRow[], samples: number, refusal: string | null = null) {
    this.#refusal = refusal;
    this.#tests = new Map(tests.map((test) => [test.row, test]));
    this.#total = tests.length * samples;
  }

  generated(row: number, sample: number, text: string, latencyMs: number | null): void {
    const test = this.#tests.get(row);
    if (test === undefined) return;
    const { outcome, names } = parseCompletion(text, this.#refusal);
    const asked = test.label !== "harmful" && names.some(isValidName);
    const { description, label, slice } = test;
    const state = asked ? "waiting" : "not-asked";
    const before = this.#rows.get(`${row}.${sample}`);
    // A row of an earlier attempt whose verdict is in already stays judged.
    if (before !== undefined && before.state !== "waiting") return;
    this.#set({
      row,
      sample,
      description,
      label,
      slice,
      outcome,
      names,
      state,
      score: null,
      unscored: null,
      latencyMs,
    });
  }

  judged(row: number, sample: number, verdict: NamesVerdict): void {
    const before = this.#rows.get(`${row}.${sample}`);
    if (before === undefined) return;
    if (verdict.kind === "unscored") {
      const { reason, detail } = verdict;
      this.#set({ ...before, state: "unscored", score: null, unscored: { reason, detail } });
      return;
    }
    const { scores } = verdict;
    const score =
      scores.length === 0 ? null : scores.reduce((sum, one) => sum + one.score, 0) / scores.length;
    this.#set({ ...before, state: "scored", score, unscored: null });
  }

  #set(row: LiveRow): void {
    const key = `${row.row}.${row.sample}`;
    this.#count(this.#rows.get(key), -1);
    this.#count(row, 1);
    this.#rows.set(key, row);
    this.#changed.add(key);
  }

  #count(row: LiveRow | undefined, by: 1 | -1): void {
    if (row === undefined) return;
    this.#counts.generated += by;
    if (row.state === "waiting") return;
    this.#counts.settled += by;
    if (row.state === "unscored") this.#counts.unscored += by;
    if (this.#isHeldout(row)) this.#counts.heldout += by;
  }

  #isHeldout({ row }: LiveRow): boolean {
    return this.#tests.get(row)?.split === "heldout";
  }

  get changes(): number {
    return this.#changed.size;
  }

  /** What changed since the last call, at most `limit` rows; held-out rows are counted, never shown. */
  take(limit: number): Omit<LiveRows, "seq" | "run"> {
    const taken = [...this.#changed].slice(0, limit);
    for (const key of taken) this.#changed.delete(key);
    return {
      rows: taken.flatMap((key) => this.#rows.get(key) ?? []).filter((row) => !this.#isHeldout(row)),
      total: this.#total,
      ...this.#counts,
    };
  }

  /** Forgets what changed: a reader who comes back has seen it. */
  seen(): void {
    this.#changed.clear();
  }
}
