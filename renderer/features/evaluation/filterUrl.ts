import type { z } from "zod";
import {
  type RowFilter,
  RowFilterSchema,
  type RowSort,
  RowSortSchema,
  SplitChoiceSchema,
} from "../../../shared/schema/evaluationRows.ts";
import { decoded } from "../../ui/decoded.ts";

/** Parses a comma-separated list in the URL, in which entries are encoded. */
const listOf = (text: string | null): string[] =>
  text === null || text === "" ? [] : text.split(",").map(decoded);
const textOf = (list: readonly string[]): string => list.map((one) => encodeURIComponent(one)).join(",");

/** Stands for rows without a slice, because "" would be an empty list. */
const noSlice = "-";

function scoreIn(text: string | null): RowFilter["score"] {
  const ends = /^([\d.]+)-([\d.]+)$/.exec(text ?? "");
  if (ends === null) return null;
  return { from: Number(ends[1]), to: Number(ends[2]) };
}

/** Returns the filter in a URL's parameters. Invalid values are ignored, so that old links still work. */
export function filterOf(params: URLSearchParams): RowFilter {
  const only = listOf(params.get("only"));
  const asked = {
    outcomes: listOf(params.get("outcome")),
    cells: listOf(params.get("cell")),
    slices: listOf(params.get("slice")).map((slice) => (slice === noSlice ? "" : slice)),
    categories: listOf(params.get("category")),
    score: scoreIn(params.get("score")),
    onlyFailures: only.includes("failures"),
    onlyUnscored: only.includes("unscored"),
    onlyOverridden: only.includes("corrected"),
    text: params.get("q") ?? "",
  };
  const whole = RowFilterSchema.safeParse(asked);
  if (whole.success) return whole.data;
  const good = Object.entries(asked).filter(
    ([name, value]) => RowFilterSchema.safeParse({ [name]: value }).success,
  );
  return RowFilterSchema.parse(Object.fromEntries(good));
}

/** Returns the URL parameters of a filter; null: omitted. */
export function paramsOf(filter: RowFilter): Record<string, string | null> {
  const only = [
    ...(filter.onlyFailures ? ["failures"] : []),
    ...(filter.onlyUnscored ? ["unscored"] : []),
    ...(filter.onlyOverridden ? ["corrected"] : []),
  ];
  const written = {
    outcome: textOf(filter.outcomes),
    cell: textOf(filter.cells),
    slice: textOf(filter.slices.map((slice) => (slice === "" ? noSlice : slice))),
    category: textOf(filter.categories),
    score: filter.score === null ? "" : `${filter.score.from}-${filter.score.to}`,
    only: textOf(only),
    q: filter.text,
  };
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, value === "" ? null : value]),
  );
}

/** Returns the number of conditions in a filter. */
export function conditionsOf(filter: RowFilter): number {
  return Object.values(paramsOf(filter)).filter((value) => value !== null).length;
}

export function sortOf(text: string | null): RowSort {
  const [by, order] = (text ?? "").split("-");
  return RowSortSchema.safeParse({ by, descending: order === "desc" }).data ?? RowSortSchema.parse({});
}

export function sortText({ by, descending }: RowSort): string | null {
  if (by === "worst" && !descending) return null;
  return descending ? `${by}-desc` : by;
}

export function splitOf(text: string | null): z.infer<typeof SplitChoiceSchema> {
  return SplitChoiceSchema.safeParse(text).data ?? "dev";
}

/** Parses a row and sample, `12` or `12.1`; null if invalid. */
export function rowOf(text: string | null): { row: number; sample: number } | null {
  const found = /^([1-9]\d*)(?:\.(\d+))?$/.exec(text ?? "");
  return found === null ? null : { row: Number(found[1]), sample: Number(found[2] ?? 0) };
}

export function rowText({ row, sample }: { row: number; sample: number }): string {
  return sample === 0 ? String(row) : `${row}.${sample}`;
}
