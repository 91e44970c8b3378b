import { useState } from "react";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal } from "../../../../shared/schema/proposals.ts";

/** Proposed rows by their ids as a person edits them: what is typed outlives a look at another row. */
export function useTypedRows() {
  const [rows, setRows] = useState<ReadonlyMap<number, DatasetRow>>(new Map());
  const forget = (id: number) => setRows((before) => new Map([...before].filter(([other]) => other !== id)));
  return {
    rows,
    forget,
    /** Typed back to what stands there is nothing typed. */
    type({ id, row: standing }: Proposal, row: DatasetRow): void {
      if (JSON.stringify(row) === JSON.stringify(standing)) forget(id);
      else setRows((before) => new Map(before).set(id, row));
    },
  };
}
