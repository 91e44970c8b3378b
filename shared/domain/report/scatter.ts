import type { Scatter, ScatterVerdict } from "../../schema/shift.ts";

/** A matched row's score on both sides; null: none there. */
export interface ScorePair {
  readonly row: number;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

export interface ScatterOptions {
  readonly names: { readonly baseline: string; readonly candidate: string };
  readonly scoreName: string;
  /** Changes of at most this much count as inside. */
  readonly margin?: number;
}

/** One name of five that a judge scores one of its four marks higher moves a row by 0.0125; four such are inside. */
export const scatterMargin = 0.05;

/** From this many rows on, points are placed on a grid, because a screen can't show more. */
const mostPoints = 2_000;
const grid = 0.02;

/** The verdict on one row's change. */
export function scoreVerdict(change: number, margin: number): ScatterVerdict {
  // A difference of two means of five may be 0.05000000000000004.
  if (Math.abs(change) <= margin + 1e-9) return "inside";
  return change > 0 ? "better" : "worse";
}

/** Rows by their score before and after, equal points put together. */
export function scatterOf(pairs: readonly ScorePair[], options: ScatterOptions): Scatter {
  const { names, scoreName, margin = scatterMargin } = options;
  const round = pairs.length > mostPoints ? grid : 1e-6;
  const found = new Map<string, Scatter["points"][number]>();
  const totals = { better: 0, worse: 0, inside: 0 };
  let leftOut = 0;
  for (const { row, baseline, candidate } of pairs) {
    if (baseline === null || candidate === null) {
      leftOut += 1;
      continue;
    }
    const verdict = scoreVerdict(candidate - baseline, margin);
    totals[verdict] += 1;
    const [x, y] = [onGrid(baseline, round), onGrid(candidate, round)];
    // Points of another verdict stay apart, also where the grid would put them together.
    const key = `${x} ${y} ${verdict}`;
    const there = found.get(key);
    if (there === undefined) found.set(key, { baseline: x, candidate: y, count: 1, verdict, row });
    else found.set(key, { ...there, count: there.count + 1, row: null });
  }
  const points = [...found.values()].sort(
    (one, other) => one.baseline - other.baseline || one.candidate - other.candidate,
  );
  const title = `${scoreName === "quality" ? "Row quality" : "Row rule score"}: ${names.baseline} and ${names.candidate}`;
  return { title, names, scoreName, margin, points, ...totals, leftOut };
}

function onGrid(value: number, round: number): number {
  return Number((Math.round(value / round) * round).toFixed(6));
}
