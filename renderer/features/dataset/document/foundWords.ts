import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { FoundCells } from "../../../../shared/schema/document.ts";

/** What was found and which of its cells one is at, from 0; before the first: -1. */
export function foundWords({ cells, occurrences, listed }: FoundCells, at: number): string {
  if (occurrences === 0) return "Nothing found";
  const places = pluralize(occurrences, "place");
  const found =
    at < 0
      ? `${places} in ${pluralize(cells, "cell")}`
      : `Cell ${formatCount(at + 1)} of ${formatCount(cells)}, ${places}`;
  return listed.length < cells
    ? `${found}; gone through: the first ${pluralize(listed.length, "cell")}`
    : found;
}
