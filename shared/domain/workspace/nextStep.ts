import type { LatestRun, Lead, NextStep, Overview, OverviewDataset } from "../../schema/overview.ts";
import { pluralize } from "../format/count.ts";
import { sentenceCase } from "../format/sentence.ts";
import { datasetOf, membersOf } from "./seeds.ts";
import { versionOfResults } from "./threshold.ts";

/** The inputs of the next step. */
export type Situation = Pick<
  Overview,
  "sample" | "testSet" | "datasets" | "adapters" | "results" | "stale"
> & {
  /** The newest run; null: none yet. */
  readonly latestRun: LatestRun | null;
  /** Pairs that were compared before, baseline first. */
  readonly compared: readonly (readonly [string, string])[];
};

function leadTo(screen: Lead["screen"], more: Partial<Omit<Lead, "screen">> = {}): Lead {
  return { screen, version: null, baseline: null, run: null, ...more };
}

/**
 * Returns the one thing to do next for the newest version. Running work comes first, then interrupted work, then
 * what is missing or wrong, from the data to the comparison.
 */
export function nextStep(now: Situation): NextStep {
  return ofSample(now) ?? ofRun(now.latestRun) ?? ofData(now) ?? ofNewest(now) ?? ofComparison(now);
}

function ofSample({ sample }: Situation): NextStep | null {
  if (!sample) return null;
  return {
    kind: "copy-sample",
    label: "Create your own workspace",
    words:
      "This is the finished sample, and it is read-only. Create your own workspace from it in the workspace list at the top.",
    lead: leadTo("overview"),
  };
}

function ofRun(run: LatestRun | null): NextStep | null {
  if (run === null) return null;
  const { id, title, status } = run;
  const lead = leadTo("runs", { run: id });
  if (status === "running" || status === "queued") {
    return { kind: "watch", label: "View run", words: `${sentenceCase(title)} is ${status}.`, lead };
  }
  if (status === "interrupted" || status === "paused") {
    return {
      kind: "resume",
      label: "Resume run",
      words: `${sentenceCase(title)} was ${status}. Resuming continues from where the run stopped and repeats no work.`,
      lead,
    };
  }
  return null;
}

function ofData({ datasets, testSet }: Situation): NextStep | null {
  if (datasets.length === 0) {
    return {
      kind: "add-dataset",
      label: "Import a dataset",
      words:
        "A dataset is a CSV file of descriptions and the names you would suggest. A few hundred rows are enough.",
      lead: leadTo("datasets"),
    };
  }
  if (testSet === null) {
    return {
      kind: "add-test-set",
      label: "Import a test set",
      words: "You need a test set to measure whether a version is better.",
      lead: leadTo("datasets"),
    };
  }
  return null;
}

/** Returns the next step for the newest dataset: repair, an adapter, results or scores. */
function ofNewest(now: Situation): NextStep | null {
  const newest = now.datasets.at(-1);
  if (newest === undefined) return null;
  const { version } = newest;
  return ofDataset(newest) ?? ofAdapter(now, version) ?? ofVersions(now, version);
}

function ofDataset({ version, errors, leaks, problem }: OverviewDataset): NextStep | null {
  const wrong = (errors ?? 0) + (leaks ?? 0);
  if (wrong === 0 && problem === null) return null;
  const words = problem ?? `${pluralize(wrong, "row")} of dataset_${version} must be fixed before training.`;
  return {
    kind: "fix-dataset",
    label: `Fix dataset_${version}`,
    words,
    lead: leadTo("datasets", { version }),
  };
}

function ofAdapter({ adapters, stale }: Situation, version: string): NextStep | null {
  const lead = leadTo("train", { version });
  if (!adapters.some((adapter) => datasetOf(adapter.version) === version)) {
    return {
      kind: "train",
      label: `Train ${version}`,
      words: `dataset_${version} is ready for training.`,
      lead,
    };
  }
  const why = stale.find((one) => one.what === "adapter" && datasetOf(one.version) === version);
  if (why === undefined) return null;
  return { kind: "train", label: `Train ${version} again`, words: why.message, lead };
}

/** Returns the next step for the results of a version, or of the first of its seeds that has one. */
function ofVersions(now: Situation, dataset: string): NextStep | null {
  const versions = now.adapters.map(({ version }) => version);
  const seeds = membersOf(dataset, versions);
  for (const version of seeds.length === 0 ? [dataset] : seeds) {
    const step = ofResults(now, version);
    if (step !== null) return step;
  }
  return null;
}

function ofResults({ results, stale }: Situation, version: string): NextStep | null {
  const lead = leadTo("evaluate", { version });
  const own = results.find((one) => one.version === version);
  if (own === undefined) {
    return {
      kind: "evaluate",
      label: `Evaluate ${version}`,
      words: `${version} is trained but not evaluated on the test set yet.`,
      lead,
    };
  }
  const why = stale.find((one) => one.what === "results" && one.version === version);
  if (why !== undefined) {
    return { kind: "evaluate", label: `Evaluate ${version} again`, words: why.message, lead };
  }
  if (own.unscored === 0) return null;
  return {
    kind: "rejudge",
    label: "Retry unscored rows",
    words: `${pluralize(own.unscored, "row")} of ${version} ${own.unscored === 1 ? "has" : "have"} no score yet.`,
    lead,
  };
}

/** Returns the next step once the newest version has results: compare it, then write rows for its failures. */
function ofComparison({ results, datasets, compared }: Situation): NextStep {
  const candidate = datasets.at(-1)?.version ?? "v1";
  // A version's seeds are compared as one, at their own thresholds.
  const others = results
    .map(({ version }) => version)
    .filter((version) => version === versionOfResults(version))
    .map(datasetOf)
    .filter((version) => version !== candidate);
  const baseline = others.at(-1);
  if (baseline === undefined) {
    return {
      kind: "evaluate",
      label: "Evaluate the base model",
      words: `${candidate} has nothing to compare with yet. The base model's results show what training gained.`,
      lead: leadTo("evaluate", { version: "base" }),
    };
  }
  if (!compared.some(([one, other]) => one === baseline && other === candidate)) {
    return {
      kind: "compare",
      label: `Compare ${baseline} with ${candidate}`,
      words: `Both versions have results. The comparison shows whether ${candidate} is better.`,
      lead: leadTo("compare", { version: candidate, baseline }),
    };
  }
  return {
    kind: "write-rows",
    label: `Write rows for failures of ${candidate}`,
    words: `You have compared ${candidate}. Its weakest rows show what the next dataset needs.`,
    lead: leadTo("evaluate", { version: candidate }),
  };
}
