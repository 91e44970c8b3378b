import type { DatasetDiff } from "../../schema/dataset.ts";
import type { ReadRow } from "./read.ts";
import { suggestionsText } from "./suggestions.ts";

type DiffRow = DatasetDiff["added"][number];

const shown = ({ row, description, suggestions }: ReadRow): DiffRow => ({ row, description, suggestions });
const contentOf = ({ suggestions, rawSuggestions }: ReadRow) =>
  suggestions === null ? rawSuggestions : suggestionsText(suggestions);

/** What changed between two versions, rows matched on their description (equal ones in order). */
export function diffDatasets(before: readonly ReadRow[], after: readonly ReadRow[]): DatasetDiff {
  const waiting = Map.groupBy(before, ({ description }) => description);
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
