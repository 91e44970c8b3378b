import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { FoundCells } from "../../../../shared/schema/document.ts";
import { messages } from "../messages.ts";

const { find: text } = messages;

/** Describes search results and the current cell `at`, from 0; -1 before the first. */
export function describeFound({ cells, occurrences, listed }: FoundCells, at: number): string {
  if (occurrences === 0) return text.none;
  const matches = pluralize(occurrences, "match", "matches");
  const found =
    at < 0
      ? text.matches(matches, pluralize(cells, "cell"))
      : text.position(formatCount(at + 1), formatCount(cells), matches);
  return listed.length < cells ? text.limited(found, pluralize(listed.length, "cell")) : found;
}
