import { pluralize } from "../../../shared/domain/format/count.ts";
import type { AlignedFilter, RowVerdict } from "../../../shared/schema/alignedRows.ts";
import type { Comparison } from "../../../shared/schema/comparison.ts";

/** The text of the Compare screen. */
export const messages = {
  title: "Compare",
  with: "with",
  baseline: "Baseline",
  candidates: "Candidates",
  swap: "Swap baseline and candidate",
  empty: {
    title: "Evaluate two versions to compare them",
    body: "The comparison appears here, with intervals, p-values, and a decision. It needs at least two results.",
    action: "Evaluate a version",
  },
  files: {
    open: "Open CSVs…",
    help: "Open two results files from another workspace. The first by name is the baseline. You can also drop them here.",
    failed: "Couldn't open these files",
    oneTitle: "Open two files",
    one: "This workspace has no results to compare this file with. Open two files at once.",
  },
  failed: (baseline: string, candidate: string) => `Couldn't compare ${baseline} and ${candidate}`,
  shownCandidate: "Candidate shown in the decision, figures, and rows",
  notCompared: "not compared",
  decision: {
    title: (candidate: string) => `Decision on ${candidate}`,
    showTests: "Show tests and guards",
    hideTests: "Hide tests and guards",
  },
  rules: {
    primaries: "Primary outcomes: at least one must be better and none worse. p-values are Holm-adjusted.",
    guards: "Guards: the interval of each change must stay within its margin.",
    primary: "primary outcome",
    guard: "guard",
    margin: "margin",
    difference: "difference",
    interval: "95 % interval",
    p: "p",
    adjustedP: "adjusted p",
    rowsForPower: "rows for 80 % power",
    rowsNeeded: "rows needed",
    verdict: "verdict",
  },
  warnings: {
    title: (candidate: string) => `Before you trust the figures of ${candidate}`,
    differsIn: "differs in",
    showFlips: (count: number) => `Show ${pluralize(count, "flipped label")}`,
    hideFlips: "Hide flipped labels",
  },
  figures: {
    title: "Figures",
    showAll: "Show all figures",
    rows: "Rows",
    decisive: "Held-out rows (used for the decision)",
    dev: "Dev rows",
    caption: (rows: string) => `${rows}. Gray: the interval contains 0. Select a name to see its definition.`,
    figure: "figure",
    change: "change, 95 % interval",
    seeds: (seeds: number, spread: string) => `${seeds} seeds: ${spread}`,
    onRowsOf: (candidate: string) => `on the rows shared with ${candidate}`,
    notShared: "– not shared with the baseline",
    safety: "Safety",
    categories: "Names by category",
    scatter: "Row scores",
    noScatter: "– the two files were judged differently, so their row scores can't be compared",
    slices: "Slices",
  },
  rows: {
    title: "Row by row",
    tableLabel: "Rows side by side",
    description: "description",
    change: "change",
    changeOf: (score: string) => `change in ${score}`,
    unlabelled: "unlabeled",
    heldout: "held-out",
    dev: "dev",
    safetyChanged: "safety changed",
    notInFile: "– not in this file",
    namesNotInFile: "answered; the file doesn't contain the names",
    refused: "refused",
    malformed: (output: string) => `malformed: ${output}`,
    missedHarmful: "missed harmful",
    falseRefusal: "false refusal",
    unscored: (reason: string) => `unscored: ${reason}`,
    firstOf: (samples: number) => ` · first of ${samples} answers`,
    noMatch: "No matching rows",
    noMatchBody: "No rows match all filters.",
    showAll: (split: string) => `Show all ${split}rows`,
    range: (first: number, last: number, total: string) => `${first} to ${last} of ${total}`,
    previous: "Previous rows",
    next: "Next rows",
  },
  filters: {
    byChange: "Filter by change",
    slice: "Slice",
    everySlice: "All slices",
    noSlice: "No slice",
    order: "Order",
    fileOrder: "File order",
    worstFirst: "Worst change first",
    search: "Search descriptions and names",
    searchPlaceholder: "Search",
    clearCells: "Selected cells only ✕",
  },
  heldout: {
    hidden: "Held-out rows are hidden",
    warning: "Reading them weakens the decision. Each view is logged and shown next to the p-value.",
    reveal: "Reveal held-out rows",
    revealLogged: "Reveal held-out rows (this is logged)",
    showDev: "Show dev rows",
    failed: "Couldn't open the held-out rows",
    split: "Split",
    devOption: "Dev",
    heldoutOption: "Held-out",
    bothOption: "Both",
    viewed: (openings: number) => `Held-out rows viewed ${pluralize(openings, "time")}`,
  },
  report: {
    export: "Export",
    report: (candidate: string) => `Report on ${candidate} (HTML)`,
    reportHelp: "One file with figures, tables, and stamps. It counts as one more view of the held-out rows.",
    figures: "Save figures to images/",
    figuresHelp: "PNG and SVG for each version, the same as from the terminal.",
  },
} as const;

/** What happened to a row, in the table. */
export const verdictLabels: Readonly<Record<RowVerdict, string>> = {
  improved: "↑ improved",
  regressed: "↓ regressed",
  changed: "different output",
  same: "same",
  unmatched: "in one file only",
};

/** The filters by change, in order. */
export const changeFilters: readonly { value: AlignedFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "improved", label: "Improved" },
  { value: "regressed", label: "Regressed" },
  { value: "safety", label: "Safety changed" },
  { value: "different", label: "Differences only" },
];

/** Describes what a decision is based on, and how often the held-out rows have been viewed. */
export function describeScope({ n, decidedOn, heldoutOpenings, baseline, candidate }: Comparison): string {
  const rows = pluralize(n, decidedOn === "heldout" ? "matched held-out row" : "matched row");
  const views =
    heldoutOpenings === null
      ? ""
      : ` The held-out rows have been viewed ${pluralize(heldoutOpenings, "time")}, including this comparison.`;
  return `${candidate.name} against ${baseline.name} on ${rows}.${views}`;
}

/** Describes how many held-out rows are hidden, and how often they have been viewed (null: unknown). */
export function describeHidden(rows: number, openings: number | null): string {
  const views = openings === null || openings === 0 ? "" : `, viewed ${pluralize(openings, "time")}`;
  return `Showing dev rows. ${pluralize(rows, "held-out row")} hidden${views}.`;
}
