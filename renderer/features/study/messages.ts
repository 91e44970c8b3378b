/** The text of the page that reads the published study again. */
export const messages = {
  title: "The study, re-read",
  failed: "Couldn't read these files as results of the study",
  intro:
    "Namewright grew from a small published study. It fine-tuned Mistral 7B to suggest domain names, and again with " +
    "more training rows: v1 and v2. Both answered the same 43 descriptions, and an LLM judged whether each description " +
    "is harmful and how good the names are. The report recommended to deploy v2. This page computes its figures again.",
  verdict: "Verdict",
  reasons: "What Namewright's decision rule says",
  files: {
    title: "Compute it yourself",
    help: "Open the results of v1 and v2. The first by name is v1. You can also drop them here.",
    stored:
      "The figures on this page are stored with Namewright, row by row. They were read from the two results files " +
      "that the study published, without their descriptions and names.",
    storedLead: "stored figures",
    givenLead: (baseline: string, candidate: string) => `${baseline} and ${candidate}`,
    given: (baseline: string, candidate: string) =>
      `The figures on this page are computed from ${baseline} (v1) and ${candidate} (v2).`,
    format:
      "To compute them from the files, drop both results files on this page, or open them. They need the study's " +
      "columns: description, domains, overall_category, is_appropriate, six counts and average_score. Namewright " +
      "only reads them.",
    showStored: "Show stored figures",
    oneTitle: "Open two files",
    one: "Open the results of v1 and of v2 at once.",
  },
  published: {
    title: "What was published",
    caption: "The figures of the study's README, and what each of them is",
    figure: "published as",
    change: "change",
    recomputed: (value: string) => `computed: ${value}`,
    reproduced: "reproduced",
    notReproduced: "not reproduced",
    meaning: "what it is",
    well:
      "What the study did well: both versions answered the same descriptions, and every row was published, so " +
      "anyone can check it. Its notebooks compute F1 correctly. All published changes are in favor of v2. They are only " +
      "less certain than the report says.",
  },
  corrected: {
    title: "What the rows show",
    caption: "Each figure with its 95 % interval and n, its rows. Select a name to see its definition.",
    metric: "metric",
    change: "change, 95 % interval",
    p: "p",
    n: (rows: string) => `n ${rows}`,
    nOfSides: (baseline: string, candidate: string) => `n ${baseline} and ${candidate}`,
    disagreement:
      "Where an interval excludes 0 but p is 0.05 or more: the interval and the exact test use different methods. Trust neither alone.",
    chart: "Changes with intervals",
  },
  labels: {
    title: "Labels that changed",
    some: (rows: string) =>
      `The judge labeled the descriptions once for each version, and gave ${rows} another label the second time. ` +
      "A paired test needs one label per row, so its p depends on whose labels are used.",
    none: "Both files have the same label for every row, so a paired test has one answer.",
    caption: "Exact McNemar test by the choice of labels",
    choice: "labels",
    n: "rows",
    only: (version: string) => `only ${version} correct`,
    p: "p",
  },
  failures: {
    title: "Failed judge calls",
    program: "The study's program scores a failed judge call as zero and treats its description as safe.",
    here: "Namewright counts such a row as unscored and leaves it out of every mean.",
  },
  rows: {
    title: "What it would have taken",
    caption: "Rows needed to show each of these",
    question: "to show",
    had: "rows in these files",
    needed: "rows needed",
    none: "– no finite number",
  },
} as const;
