import type { DatasetDiff } from "../../schema/dataset.ts";
import type { ReadRow } from "./read.ts";
import { suggestionsText } from "./suggestions.ts";

type DiffRow = DatasetDiff["added"][number];

const shown = ({ row, description, suggestions }: ReadRow): DiffRow => ({ row, description, suggestions });
const contentOf = ({ suggestions, rawSuggestions }: ReadRow) =>
  suggestions === null ? rawSuggestions : suggestionsText(suggestions);

/** Rows by description; equal descriptions in the order of the file. */
function byDescription(rows: readonly ReadRow[]): Map<string, ReadRow[]> {
  const found = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const same = found.get(row.description);
    if (same === undefined) found.set(row.description, [row]);
    else same.push(row);
  }
  return found;
}

/** What changed between two versions, rows matched on their description (equal ones in order). */
export function diffDatasets(before: readonly ReadRow[], after: readonly ReadRow[]): DatasetDiff {
  const waiting = byDescription(before);
  const diff: DatasetDiff = { added: [], removed: [], changed: [], unchanged: 0 };
  for (const row of after) {
    const match = waiting.get(row.description)?.shift();
    if (match === undefined) diff.added.push(shown(row));
    else if (contentOf(match) === contentOf(row)) diff.unchanged += 1;
    else diff.changed.push({ description: row.description, before: shown(match), after: shown(row) });
  }
  diff.removed = [...waiting.values()]
    .flat()
    .sort((a, b) => a.row - b.row)
    .map(shown);
  return diff;
}
