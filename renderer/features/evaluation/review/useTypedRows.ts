import { useState } from "react";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal } from "../../../../shared/schema/proposals.ts";

/** Holds edited, not yet accepted rows by id, so that edits survive moving to another row. */
export function useTypedRows() {
  const [rows, setRows] = useState<ReadonlyMap<number, DatasetRow>>(new Map());
  const forget = (id: number) => setRows((before) => new Map([...before].filter(([other]) => other !== id)));
  return {
    rows,
    forget,
    /** Stores an edited row, or forgets it if it equals the proposed one. */
    type({ id, row: proposed }: Proposal, row: DatasetRow): void {
      if (JSON.stringify(row) === JSON.stringify(proposed)) forget(id);
      else setRows((before) => new Map(before).set(id, row));
    },
  };
}
