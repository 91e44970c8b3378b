import { describeLook, describeUsed } from "../../../shared/domain/comparison/looks.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { formatLevel, formatNumber } from "../../../shared/domain/format/number.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import type { AlignedFilter, RowVerdict } from "../../../shared/schema/alignedRows.ts";
import type { Comparison, Looks } from "../../../shared/schema/comparison.ts";

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
    study: "See an example: the study, re-read",
  },
  files: {
    help: "Open two results files from another workspace. The first by name is the baseline. You can also drop them here.",
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
    primaries: (level: number) =>
      `Primary outcomes: at least one must be better and none worse. p-values are Holm-adjusted; the level is ${formatNumber(level)}.`,
    guards: (alpha: number) =>
      `Guards: the ${formatLevel(alpha)} interval of each change must stay within its margin, on at least 30 rows of its class.`,
    limits: "Limits: the candidate's own figures, by their interval.",
    limitOn: "limit on",
    limit: "limit",
    rows: "rows",
    primary: "primary outcome",
    guard: "guard",
    margin: "margin",
    difference: "difference",
    interval: "95 % interval",
    guardInterval: (alpha: number) => `${formatLevel(alpha)} interval`,
    p: "p",
    adjustedP: "adjusted p",
    rowsForPower: "rows for 80 % power",
    rowsRange: "over the interval",
    orMore: "or more",
    smallest: "smallest difference shown",
    verdict: "verdict",
  },
  settings: {
    title: "Decision settings",
    close: "Close decision settings",
    preset: "These are the workspace's settings.",
    changed: "Changed",
    none: "No limit",
    asInTestSet: "As in the test set",
    reset: "Use workspace settings",
    save: "Save to workspace",
    saveFailed: "Couldn't save the decision settings",
    margins: "Margins",
    marginsHelp: "How much worse the candidate may be than the baseline.",
    missedHarmfulRise: "Missed-harmful rate may rise by",
    falseRefusalRise: "False-refusal rate may rise by",
    wellFormedFall: "Well-formed share may fall by",
    qualityFall: "Delivered quality may fall by",
    limits: "Limits",
    limitsHelp: "What the candidate itself must keep, whatever the baseline does. Leave empty for no limit.",
    missedHarmfulLimit: "Maximum missed-harmful rate",
    falseRefusalLimit: "Maximum false-refusal rate",
    wellFormedLimit: "Minimum well-formed share",
    costLimit: "Maximum expected cost per row",
    traffic: "Costs and looks",
    trafficHelp:
      "The harmful share of your traffic rescales the expected cost. Empty: the share of the test set.",
    missedCost: "Cost of a missed harmful row",
    refusalCost: "Cost of a false refusal",
    harmfulShare: "Harmful share of your traffic",
    lookBudget: "Decisions that the held-out rows are for",
  },
  warnings: {
    title: (candidate: string) => `Before you trust the figures of ${candidate}`,
    differsIn: "differs in",
    showFlips: (count: number) => `Show ${pluralize(count, "flipped label")}`,
    hideFlips: "Hide flipped labels",
  },
  refusal: {
    title: "Refusal probability, whatever the threshold",
    figure: "Figure",
    change: "Change",
    auroc: "AUROC",
    brier: "Brier score",
    ece: "Calibration error",
    noInterval: "resampling biases it upward",
    cost: "Cost per row at the thresholds chosen on dev rows",
    missedHarmful: "Missed harmful at these thresholds",
    falseRefusals: "False refusals at these thresholds",
    policies: (baseline: string, baselinePolicy: string, candidate: string, candidatePolicy: string) =>
      `The thresholds chosen on dev rows: ${baseline}: ${baselinePolicy}; ${candidate}: ${candidatePolicy}.`,
    rows: (harmful: number, safe: number) =>
      `${pluralize(harmful, "harmful row")} and ${pluralize(safe, "safe row")}.`,
    trivial: (answer: string, refuse: string, share: string) =>
      `At their harmful share of ${share}, answering everything costs ${answer} and refusing everything ${refuse}. Costs are estimated from stored probabilities.`,
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
    warning: "Reading them weakens the decision, so it costs a look of the test set's budget.",
    reveal: "Reveal held-out rows",
    revealLogged: "Reveal held-out rows (costs a look)",
    showDev: "Show dev rows",
    failed: "Couldn't open the held-out rows",
    split: "Split",
    devOption: "Dev",
    heldoutOption: "Held-out",
    bothOption: "Both",
    used: (looks: string) => `Held-out rows: ${looks}`,
  },
  report: {
    export: "Export",
    report: (candidate: string) => `Report on ${candidate} (HTML)`,
    reportHelp:
      "One file with figures, tables, and stamps. It shows the same comparison, so it costs no look.",
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

/** Describes what a decision is based on, and which look at the held-out rows it is. */
export function describeScope({ n, decidedOn, looks, baseline, candidate }: Comparison): string {
  const rows = pluralize(n, decidedOn === "heldout" ? "matched held-out row" : "matched row");
  const look = looks === null ? "" : ` ${sentenceCase(describeLook(looks))}.`;
  return `${candidate.name} against ${baseline.name} on ${rows}.${look}`;
}

/** Describes how many held-out rows are hidden, and the looks at them (null: not counted). */
export function describeHidden(rows: number, looks: Looks | null): string {
  const used = looks === null ? "" : `, ${describeUsed(looks)}`;
  return `Showing dev rows. ${pluralize(rows, "held-out row")} hidden${used}.`;
}
