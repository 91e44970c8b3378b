import { headerKey } from "../csv/dialect.ts";
import { suggestionsText } from "../dataset/suggestions.ts";
import { lintNames } from "../naming/names.ts";

/** A row that is about to enter a dataset. No names: a refusal. */
export interface NewRow {
  readonly description: string;
  readonly names: readonly string[];
}

/** Returns why a row can't be added to a dataset; [] if it can. */
export function newRowProblems({ description, names }: NewRow): string[] {
  const empty = description.trim() === "" ? ["The description is empty"] : [];
  if (names.length === 0) return empty;
  return [
    ...empty,
    ...lintNames(names).map(({ index, value, message }) =>
      index === null ? message : `${JSON.stringify(value)}: ${message}`,
    ),
  ];
}

/** The row's cells in the order of a file's header; null where a column of a dataset is missing. */
export function rowCells(header: readonly string[], { description, names }: NewRow): string[] | null {
  const keys = header.map(headerKey);
  const place = { description: keys.indexOf("description"), suggestions: keys.indexOf("suggestions") };
  if (place.description < 0 || place.suggestions < 0) return null;
  return header.map((_, at) => {
    if (at === place.description) return description;
    return at === place.suggestions ? suggestionsText(names) : "";
  });
}
