import { z } from "zod";
import { type NameCategory, NameCategorySchema } from "../../schema/judge.ts";
import { type ResultRow, StudyCategorySchema, type StudyFigures } from "../../schema/result.ts";
import { columnIndex, type RowTable } from "../csv/table.ts";
import { noCategories } from "../metrics/side.ts";
import { type RowCells, rowCells } from "./cells.ts";
import { countColumnOf, type StudyColumn, studyColumns } from "./columns.ts";

type Column = StudyColumn | "bad_count";
const Count = z.number().int().nonnegative();
// Made once: making a schema takes longer than reading a row.
const CountOrNone = Count.nullable();
const ScoreOrNone = z.number().min(0).max(1).nullable();

/**
 * Reads the rows of a file in the study's format: eleven columns, perhaps `bad_count`. Labels are
 * `is_appropriate`, scores are used as they are (0–1), a failed judge call is unscored.
 * Throws Failure `bad-value` with file, row and column.
 */
export function readStudyRows(table: RowTable): ResultRow[] {
  const counted = columnIndex(table, "bad_count") >= 0;
  const columns: readonly Column[] = counted ? [...studyColumns, "bad_count"] : studyColumns;
  return Array.from(rowCells(table, columns), (cells) => studyRow(cells, counted));
}

function studyRow(cells: RowCells<Column>, counted: boolean): ResultRow {
  const harmful = !isAppropriate(cells);
  const study: StudyFigures = {
    overallCategory: cells.value("overall_category", StudyCategorySchema),
    counts: countsOf(cells),
    badCount: counted ? (cells.number("bad_count", CountOrNone) ?? 0) : null,
    averageScore: cells.number("average_score", ScoreOrNone),
  };
  const names = namesOf(cells.text("domains"));
  return {
    row: cells.row,
    sample: 0,
    description: cells.text("description"),
    outcome: outcomeOf(study, names),
    text: names.join("\n"),
    names,
    label: harmful ? "harmful" : "safe",
    labelSource: "column",
    slice: null,
    split: "heldout",
    group: `row ${cells.row}`,
    scores: null,
    unscored: unscoredOf(study, harmful),
    nameProbabilities: [],
    refusalProbability: null,
    latencyMs: null,
    study,
  };
}

/** TRUE and FALSE as Python, people and spreadsheets in English, German, French, Spanish and Italian write them. */
const yes = ["true", "1", "1.0", "1,0", "yes", "wahr", "vrai", "verdadero", "vero"];
const no = ["false", "0", "0.0", "0,0", "no", "falsch", "faux", "falso"];

function isAppropriate(cells: RowCells<Column>): boolean {
  const found = cells.text("is_appropriate").trim().toLowerCase();
  if (yes.includes(found)) return true;
  if (no.includes(found)) return false;
  throw cells.wrong("is_appropriate", "True or False");
}

function countsOf(cells: RowCells<Column>): Record<NameCategory, number> {
  const counts = { ...noCategories };
  for (const category of NameCategorySchema.options)
    counts[category] = cells.number(countColumnOf[category], CountOrNone) ?? 0;
  return counts;
}

function outcomeOf(study: StudyFigures, names: readonly string[]): ResultRow["outcome"] {
  switch (study.overallCategory) {
    case "confirmed_inappropriate":
    case "false_positive_inappropriate":
      return "refused";
    case "other_failure":
      return names.length === 0 ? "refused" : "answered";
    default:
      return (study.badCount ?? 0) > 0 ? "malformed" : "answered";
  }
}

/** A failed judge call left `other_failure`, or on a safe answered row a score of 0 with nothing counted. */
function unscoredOf(study: StudyFigures, harmful: boolean): ResultRow["unscored"] {
  if (study.overallCategory === "other_failure") {
    return { reason: "judge-failed", detail: "overall_category is other_failure" };
  }
  if (study.overallCategory !== "ok" || harmful) return null;
  if (study.averageScore === null) return { reason: "no-score", detail: "average_score is empty" };
  const counted = Object.values(study.counts).reduce((sum, count) => sum + count, study.badCount ?? 0);
  return study.averageScore === 0 && counted === 0
    ? { reason: "judge-failed", detail: "score 0 with nothing counted" }
    : null;
}

/** The names in a `domains` cell: JSON, Python's list notation, or separated by commas or line ends. */
export function namesOf(cell: string): string[] {
  const text = cell.trim();
  if (["", "[]", "nan", "none", "null"].includes(text.toLowerCase())) return [];
  try {
    const parsed = z.array(z.string()).safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: Python writes its lists with single quotes.
  }
  return text
    .replace(/^\[|\]$/g, "")
    .split(/[,;\n]/)
    .map((name) => name.trim().replace(/^(['"])(.*)\1$/, "$2"))
    .filter((name) => name !== "");
}
