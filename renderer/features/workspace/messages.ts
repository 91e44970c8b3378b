const gate = (passed: boolean | null): string =>
  passed === null ? "no gate" : `parity gate ${passed ? "passed" : "failed"}`;

/** The text of the Overview screen. */
export const messages = {
  title: "Overview",
  refresh: "Refresh",
  failed: "Couldn't load the workspace",
  nextStep: "Next step",
  unreadable: "Unreadable files",
  calloutPrefix: { stale: "Stale: ", wrong: "Problem: " },
  promptQuestion: {
    title: "Is fine-tuning better than a good prompt?",
    compared: (baseline: string, candidate: string, rows: string) => `${baseline} → ${candidate}, ${rows}`,
    look: (look: string) => `, ${look}`,
    figure: "Metric",
    change: "Change",
    open: "Open the comparison",
  },
  table: {
    label: "Versions",
    version: "Version",
    dataset: "Dataset",
    adapter: "Adapter",
    results: "Test set results",
    emptyTitle: "No versions yet",
    empty: "Each row will show a dataset, the adapter trained on it, and its results on the test set.",
  },
  dataset: {
    untuned: "untuned",
    none: "no dataset",
    brokenRule: "broken rule",
    leaks: (rows: string) => `${rows} also in the test set`,
  },
  adapter: {
    none: "none",
    notTrained: "not trained yet",
    trained: (rows: string, epochs: string) => `trained on ${rows}, ${epochs} epochs`,
    stoppedEarly: ", stopped early",
    adopted: (gatePassed: boolean | null) => `adopted, ${gate(gatePassed)}`,
    quality: (bestMetric: string, gatePassed: boolean | null) =>
      `best eval ${bestMetric}, ${gate(gatePassed)}`,
  },
  results: {
    none: "not evaluated yet",
    link: (version: string) => `Results of ${version}`,
    legacyFormat: ", in the study's format",
    judgedBy: (judge: string) => `, judged by ${judge}`,
    unscored: (rows: string) => `, ${rows} unscored`,
  },
  study: {
    lead: "Why does Namewright show intervals and decide so carefully?",
    link: "See the study it grew from, re-read",
  },
  seeds: {
    toggle: (opened: boolean) => (opened ? "Hide seeds" : "Show seeds"),
    adapters: (adapters: string, passed: number) => `${adapters}, ${passed} passed the parity gate`,
    stale: (findings: string) => `${findings} among the seeds`,
    rows: (n: number, seeds: number) => `n ${n} in each of ${seeds}`,
    averaged: (evaluated: number, members: number) =>
      `Mean of ${evaluated} of ${members} seeds, with their standard deviation and range. Compare has the intervals.`,
  },
  inputs: {
    title: "Shared by all versions",
    base: "Base",
    baseMissing: ", not downloaded yet",
    testSet: "Test set",
    noTestSet: "No test set yet",
  },
} as const;
