import type { FoundCells } from "../../../../shared/schema/document.ts";
import { counted } from "../words.ts";

/** What was found and which of its cells one is at, from 0; before the first: -1. */
export function foundWords({ cells, occurrences, listed }: FoundCells, at: number): string {
  if (occurrences === 0) return "Nothing found";
  const places = counted(occurrences, "place");
  const found =
    at < 0
      ? `${places} in ${counted(cells, "cell")}`
      : `Cell ${(at + 1).toLocaleString("en")} of ${cells.toLocaleString("en")}, ${places}`;
  return listed.length < cells
    ? `${found}; gone through: the first ${counted(listed.length, "cell")}`
    : found;
}
