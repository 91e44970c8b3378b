import type {
  AugmentationPlan,
  AugmentationStep,
  RejectedRow,
  WrittenForSlice,
} from "../../schema/augmentation.ts";
import type { DatasetRow } from "../../schema/dataset.ts";
import type { Random } from "../random.ts";
import { keywords } from "../rowGenerator/keywords.ts";
import { type RowRequest, type WrittenRow, writeRow } from "../rowGenerator/row.ts";

export interface FillOptions {
  /** Lint and leak check of a row: null takes it, else the reason why not. */
  readonly accept: (row: DatasetRow) => string | null;
}

export interface FilledPlan {
  readonly added: WrittenForSlice[];
  readonly rejected: RejectedRow[];
  /** Rows that could not be generated: every draft was rejected. */
  readonly missing: { readonly slice: string; readonly count: number }[];
}

/** Number of drafts, of which the one with the most new words is used. */
const drafts = 4;
/** Rejected rows per wanted row before a step is given up. */
const patience = 8;

function requestOf(step: AugmentationStep): RowRequest {
  return {
    kind: step.kind,
    ...(step.topic === null ? {} : { topic: step.topic }),
    ...(step.constraint === null ? {} : { constraint: step.constraint }),
    ...(step.length === null ? {} : { length: step.length }),
  };
}

/** What the rows so far have used up: their words make a draft stale, their templates and names rule it out. */
class Written {
  readonly #words = new Set<string>();
  readonly #names = new Set<string>();
  readonly #sources = new Map<string, number>();

  add(row: WrittenRow): void {
    for (const word of keywords(row.description)) this.#words.add(word);
    for (const name of row.suggestions) this.#names.add(name);
    this.#sources.set(row.source, this.#timesUsed(row) + 1);
  }

  repeatsName({ suggestions }: DatasetRow): boolean {
    return suggestions.some((name) => this.#names.has(name));
  }

  /** Share of the row's key words that no row before it had, less a whole point for each use of its template. */
  freshness(row: WrittenRow): number {
    const words = keywords(row.description);
    const fresh = words.filter((word) => !this.#words.has(word)).length;
    return fresh / Math.max(1, words.length) - this.#timesUsed(row);
  }

  #timesUsed({ source }: WrittenRow): number {
    return this.#sources.get(source) ?? 0;
  }
}

function freshest(random: Random, request: RowRequest, written: Written): WrittenRow {
  const rows = Array.from({ length: drafts }, () => writeRow(random, request));
  return rows.reduce((best, row) => (written.freshness(row) > written.freshness(best) ? row : best));
}

/**
 * Writes the rows of a plan with our own generator, each the freshest of a few drafts. Rows that repeat a name of
 * an earlier one or that `accept` turns down are listed with the reason and written again, up to a limit.
 * The same for the same state of `random` and the same `accept`.
 */
export function fillPlan(plan: AugmentationPlan, random: Random, { accept }: FillOptions): FilledPlan {
  const filled: FilledPlan = { added: [], rejected: [], missing: [] };
  const written = new Written();
  for (const step of plan.steps) {
    const request = requestOf(step);
    let wanted = step.count;
    for (let tries = step.count * patience; wanted > 0 && tries > 0; tries--) {
      const { source, ...row } = freshest(random, request, written);
      const reason = written.repeatsName(row) ? "repeats a name from another new row" : accept(row);
      if (reason === null) {
        written.add({ source, ...row });
        filled.added.push({ row, slice: step.slice, source });
        wanted--;
      } else {
        filled.rejected.push({ reason, slice: step.slice, source, ...row });
      }
    }
    if (wanted > 0) filled.missing.push({ slice: step.slice, count: wanted });
  }
  return filled;
}
