import type { DatasetRow } from "../../schema/dataset.ts";
import type { RowCell } from "../../schema/rowCell.ts";
import { wordsOf } from "../dataset/keywords.ts";
import { fewestUltraLongWords } from "./axes.ts";

/** Returns what a row breaks of what its cell asks for, or null. Only what the row's slice depends on is checked. */
export function cellObjection(cell: RowCell, { description, suggestions }: DatasetRow): string | null {
  if (wordsOf(description).length === 0) return "has no description";
  if (cell.kind !== "refusal" && suggestions.length === 0) return "has no names";
  if (cell.length === "ultra-long" && wordsOf(description).length < fewestUltraLongWords) {
    return `has fewer than ${fewestUltraLongWords} words, but an ultra-long description was asked for`;
  }
  if (cell.kind === "refusal") return null;
  if (cell.constraint === "no-hyphens" && suggestions.some((name) => name.includes("-"))) {
    return "has a hyphen in a name, but names without hyphens were asked for";
  }
  if (cell.constraint === "numbers" && !suggestions.some((name) => /\d/.test(name))) {
    return "has no number in a name, but names with numbers were asked for";
  }
  return null;
}
