import { cellObjection } from "../../../shared/domain/rowPlan/cellRules.ts";
import { NameUse } from "../../../shared/domain/rowPlan/nameUse.ts";
import { omittedTopicIn } from "../../../shared/domain/rowPlan/omitted.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { RowCell } from "../../../shared/schema/rowCell.ts";
import { createRowCheck } from "./acceptRow.ts";
import type { SameMeaning } from "./sameMeaning.ts";

/** Checks the rows that an LLM writes, and remembers the accepted ones. */
export interface NewRowCheck {
  /** Must be called with the rows of a reply before they are checked. */
  prepare(cell: RowCell, rows: readonly DatasetRow[], signal: AbortSignal): Promise<void>;
  /** Returns null when a row may be added, otherwise the reason why not. */
  objection(cell: RowCell, row: DatasetRow): string | null;
  add(row: DatasetRow): void;
  /** Returns the beginnings and endings that no further name may have. */
  exhaustedEnds(): string[];
}

export interface NewRowCheckOptions {
  /** The dataset that the rows extend. */
  readonly dataset: readonly DatasetRow[];
  /** Descriptions that the rows must not leak: the test set's, or the datasets' for a new test set. */
  readonly others: readonly string[];
  readonly omit: readonly string[];
  readonly meaning: SameMeaning;
}

export function createNewRowCheck({ dataset, others, omit, meaning }: NewRowCheckOptions): NewRowCheck {
  const descriptions = dataset.map(({ description }) => description);
  const rows = createRowCheck(descriptions, others);
  const names = new NameUse(dataset.flatMap(({ suggestions }) => suggestions));
  const omitted = omittedTopicIn(omit);

  /** The checks that cost nothing. */
  function plainObjection(cell: RowCell, row: DatasetRow): string | null {
    const topic = omitted([row.description, ...row.suggestions].join(" "));
    if (topic !== null) return `is about the omitted topic ${topic}`;
    return cellObjection(cell, row) ?? rows.objection(row) ?? names.objection(row.suggestions);
  }

  return {
    async prepare(cell, written, signal) {
      const candidates = written.filter((row) => plainObjection(cell, row) === null);
      await meaning.prepare(
        candidates.map(({ description }) => description),
        signal,
      );
    },
    objection(cell, row) {
      const reason = plainObjection(cell, row);
      if (reason !== null) return reason;
      return meaning.hasLike(row.description) ? "says the same as another row in other words" : null;
    },
    add(row) {
      rows.add(row);
      names.add(row.suggestions);
      meaning.add(row.description);
    },
    exhaustedEnds: () => names.exhausted(),
  };
}
