import type {
  Overview,
  OverviewAdapter,
  OverviewResults,
  Stale,
  WorkspaceHashes,
} from "../../schema/overview.ts";
import type { Stamp } from "../../schema/result.ts";
import { integrityProblems } from "../results/integrity.ts";
import { datasetOf } from "./seeds.ts";
import { versionOfResults } from "./threshold.ts";
import { hasAdapter } from "./version.ts";

/** The inputs of staleness checks. */
export type Facts = Pick<Overview, "baseHash" | "prompts" | "testSet" | "datasets" | "adapters" | "results">;

/** Lists what is out of date: adapters first, then results, in version order. */
export function staleOf(facts: Facts): Stale[] {
  return [
    ...facts.adapters.flatMap((adapter) => staleAdapter(adapter, facts)),
    ...facts.results.flatMap((results) => [
      ...staleResults(results, facts),
      ...integrityProblems(results.version, results.integrity ?? undefined).map(
        (problem): Stale => ({ what: "results", version: results.version, ...problem }),
      ),
    ]),
  ];
}

function staleAdapter(adapter: OverviewAdapter, facts: Facts): Stale[] {
  const { baseHash, datasets } = facts;
  const { version } = adapter;
  const found: Stale[] = [];
  const say = (code: Stale["code"], message: string) =>
    found.push({ what: "adapter", version, code, message });
  const dataset = datasets.find((one) => one.version === datasetOf(version));
  // What an adopted adapter was trained on isn't known.
  if (dataset === undefined && adapter.training !== null) {
    say("dataset-gone", `The dataset that ${version} was trained on was removed.`);
  } else if (dataset !== undefined && adapter.datasetHash !== null && adapter.datasetHash !== dataset.hash) {
    say("dataset-changed", `dataset_${datasetOf(version)}.csv changed after ${version} was trained on it.`);
  }
  if (baseHash !== null && adapter.baseHash !== baseHash) {
    say("base-changed", `${version} was trained on a different base model than the workspace uses now.`);
  }
  if (adapter.prompt.hash !== hashOf(facts, adapter.prompt.name)) {
    say("prompt-changed", `The prompt ${adapter.prompt.name} changed after ${version} was trained with it.`);
  }
  return found;
}

/** Returns the hash of a prompt as it is now; null: it is missing or unusable. */
function hashOf({ prompts }: Pick<Facts, "prompts">, name: string): string | null {
  return prompts.find((prompt) => prompt.name === name)?.hash ?? null;
}

/** Returns the part of a stamp that the workspace has a current counterpart of. */
export function stampFacts(stamp: Stamp): NonNullable<OverviewResults["stamp"]> {
  const examples = stamp.promptUse?.examples ?? null;
  return {
    runId: stamp.runId,
    base: stamp.base,
    adapter: stamp.adapter,
    dataset: stamp.dataset,
    testSet: stamp.testSet,
    prompt: stamp.prompt,
    promptName: stamp.promptUse?.name ?? "suggest",
    examplesFrom: examples?.dataset ?? null,
    // Earlier stamps have the examples' dataset in place of the one that a prompted version wasn't trained on.
    examplesHash: examples?.datasetHash ?? (stamp.adapter === null ? stamp.dataset : null),
    judge: stamp.judge.model ?? stamp.judge.kind,
  };
}

/** Lists what changed in the workspace after a version was evaluated. */
export function staleResults(
  results: Pick<OverviewResults, "version" | "stamp">,
  facts: WorkspaceHashes,
): Stale[] {
  const { version, stamp } = results;
  if (stamp === null) return [];
  const found: Stale[] = [];
  const say = (code: Stale["code"], message: string) =>
    found.push({ what: "results", version, code, message });
  if (hasAdapter(versionOfResults(version))) {
    const adapter = facts.adapters.find((one) => one.version === versionOfResults(version));
    if (adapter === undefined)
      say("adapter-gone", `The adapter of these results (${version}) was removed or can't be read.`);
    else if (adapter.hash !== stamp.adapter) {
      say(
        "adapter-changed",
        `The results of ${version} come from an older adapter. ${version} was retrained after the evaluation.`,
      );
    }
  }
  if (facts.baseHash !== null && stamp.base !== facts.baseHash) {
    say("base-changed", `The results of ${version} come from a different base model.`);
  }
  if (facts.testSet !== null && stamp.testSet !== facts.testSet.hash) {
    say("test-set-changed", `The test set changed after ${version} was evaluated on it.`);
  }
  if (stamp.prompt !== hashOf(facts, stamp.promptName)) {
    say("prompt-changed", `The prompt changed after ${version} was evaluated.`);
  }
  const examples = facts.datasets.find((one) => one.version === stamp.examplesFrom);
  if (examples !== undefined && stamp.examplesHash !== null && examples.hash !== stamp.examplesHash) {
    say(
      "dataset-changed",
      `dataset_${stamp.examplesFrom}.csv changed after ${version} took examples from it.`,
    );
  }
  return found;
}
