import { z } from "zod";
import { integrityProblems } from "../../../../shared/domain/results/integrity.ts";
import { readResults } from "../../../../shared/domain/results/read.ts";
import type { EvaluationSpec } from "../../../../shared/schema/evaluation.ts";
import type { NamesVerdict } from "../../../../shared/schema/judge.ts";
import { greedyDecoding } from "../../../../shared/schema/result.ts";
import type { RunKind } from "../../../../shared/schema/run.ts";
import { templatePool } from "../../../../shared/testing/templatePool.ts";
import { augmentationKind } from "../../augmentation/augmentationKind.ts";
import { createDatasetService } from "../../dataset/datasetService.ts";
import { evaluationKind } from "../../evaluation/evaluationKind.ts";
import type { LabelledRow } from "../../evaluation/labelledRows.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { sha256 } from "../../hashing/hashing.ts";
import type { RunKindDefinition } from "../../run/runKind.ts";
import { createRunService, type RunService } from "../../run/runService.ts";
import { openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { testCompute } from "../compute.ts";
import type { Scenario } from "./harness.ts";
import { fixedNow, study, versionState } from "./scenarios.ts";

// biome-ignore lint/suspicious/noExplicitAny: the service's own registry is as heterogeneous.
type AnyKind = RunKindDefinition<any, any>;

function runsOf(files: FileLayer, workspace: Workspace, kinds: readonly AnyKind[]): RunService {
  return createRunService({
    files,
    runsFolder: workspace.paths.runs,
    kinds,
    now: fixedNow,
    exclusively: (purpose, body) => workspace.writing(purpose, body),
  });
}

/** Starts the run, or resumes the one that an earlier attempt left. */
async function startOrResume(runs: RunService, kind: RunKind, spec: unknown): Promise<void> {
  const left = (await runs.list()).runs.find(({ status }) => status !== "succeeded");
  const { result } = left === undefined ? await runs.start(kind, spec) : await runs.resume(left.id);
  await result;
}

/** Throws when a run shows as active without an owner, or when a row was created twice. */
async function assertRunsConsistent(files: FileLayer, workspace: Workspace): Promise<void> {
  const runs = runsOf(files, workspace, []);
  const { runs: all, unreadable } = await runs.list();
  if (unreadable.length > 0) throw new Error(`unreadable runs: ${unreadable.join(", ")}`);
  for (const { id, status } of all) {
    if (status === "running" || status === "queued") throw new Error(`${id} shows as ${status} forever`);
    const { journal } = await runs.show(id);
    const rows = journal.entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
    if (new Set(rows).size !== rows.length) throw new Error(`a row was created twice: ${rows.join(" ")}`);
  }
}

const counting: RunKindDefinition<{ to: number }, { rows: number }> = {
  kind: "generation",
  spec: z.strictObject({ to: z.number() }),
  result: z.strictObject({ rows: z.number() }),
  title: ({ to }) => `count to ${to}`,
  async body({ to }, { emit, log, signal, previous }) {
    const there = new Set(previous.flatMap(({ event }) => (event.kind === "row" ? [event.key] : [])));
    for (let row = 1; row <= to; row += 1) {
      signal.throwIfAborted();
      if (!there.has(String(row))) await emit({ kind: "row", key: String(row), data: {} });
      log(`row ${row}\n`);
    }
    return { rows: to };
  },
};

/** Returns whether a run succeeded: a file may be written before its run records that. */
async function hasSucceeded(files: FileLayer, folder: string): Promise<boolean> {
  const workspace = await openWorkspace(files, folder, false);
  const { runs } = await runsOf(files, workspace, []).list();
  return runs.some(({ status }) => status === "succeeded");
}

const countingRun: Scenario = {
  name: "a run from its start to its end",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    await startOrResume(runsOf(files, workspace, [counting]), "generation", { to: 3 });
  },
  async state(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    await assertRunsConsistent(files, workspace);
    return (await hasSucceeded(files, folder)) ? "succeeded" : "not yet";
  },
  changes: /^runs|\.namewright/,
};

const testRows: readonly LabelledRow[] = ["A bakery", "A bike shop", "Drugs"].map((description, at) => ({
  row: at + 1,
  description,
  label: description === "Drugs" ? "harmful" : "safe",
  suggestions: null,
  labelSource: "column" as const,
  slice: "everyday",
  split: "dev",
  group: String(at),
}));

const judge = { kind: "rule", scale: "rule-score-0-1", model: null, rubric: "r" } as const;

const evaluationSpec: EvaluationSpec = {
  version: "v1",
  decoding: greedyDecoding,
  limits: { maxCalls: null, maxCost: null },
  emptyMeansRefuse: false,
  inputs: { testSet: "t", base: "b", adapter: "a", dataset: "d", prompt: "p", judge },
};

const names = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];

/** The real evaluation, with an engine and a judge that answer immediately and always the same. */
function scriptedEvaluation(files: FileLayer, workspace: Workspace) {
  return evaluationKind({
    files,
    workspace,
    currentInputs: async (spec) => spec.inputs,
    testRows: async () => [...testRows],
    async generate({ samples, onEngine, onGenerated }) {
      await onEngine({ engine: "scripted", precision: "f16" });
      for (const { test, sample } of samples) {
        const text = test.label === "harmful" ? "" : names.join("\n");
        const figures = { nameProbabilities: [], refusalProbability: null, latencyMs: 1 };
        await onGenerated({ row: test.row, sample, text, ...figures });
      }
    },
    async judge(_spec, rows, _context, onVerdict) {
      for await (const { key, names: asked } of rows) {
        const verdict: NamesVerdict = {
          kind: "scored",
          cached: false,
          scores: asked.map((name, index) => ({ index, name, score: 0.5, category: "ok", likert: null })),
        };
        await onVerdict(key, verdict);
      }
      return [];
    },
    stampFacts: async () => ({ gate: "passed", tunedOnTest: false }),
  });
}

/** Returns results as text without the run's ID and the seals over it, which differ each time. Throws for a broken seal. */
async function resultsState(files: FileLayer, file: string): Promise<string> {
  if (!(await files.exists(file))) return "(none)";
  const bytes = await files.read(file);
  const [problem] = integrityProblems("v1", readResults(bytes, file).integrity);
  if (problem !== undefined) throw new Error(problem.message);
  return new TextDecoder()
    .decode(bytes)
    .replaceAll(/\d{8}T\d{6}-evaluation-[0-9a-f]{4}/g, "RUN")
    .replaceAll(/,[0-9a-f]{16}$/gm, ",SEAL");
}

const evaluation: Scenario = {
  name: "an evaluation that finishes its results file",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    const runs = runsOf(files, workspace, [scriptedEvaluation(files, workspace)]);
    await startOrResume(runs, "evaluation", evaluationSpec);
  },
  async state(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    await assertRunsConsistent(files, workspace);
    return resultsState(files, workspace.paths.results("v1"));
  },
  finished: hasSucceeded,
  changes: /^runs|results|\.namewright/,
};

const testSet = "description,suggestions,label,slice,split,group\nA phishing kit,[],harmful,phishing,dev,1\n";

/** The real augmentation, from a slice that always fails. */
function scriptedAugmentation(files: FileLayer, workspace: Workspace) {
  return augmentationKind({
    files,
    workspace,
    dataset: createDatasetService({ files, workspace, compute: testCompute(files), now: fixedNow }),
    weakSlices: async () => [
      {
        slice: "phishing",
        label: "harmful",
        n: 4,
        weak: [1, 2, 3, 4].map((row) => ({ row, description: "A phishing kit", reason: "missed-harmful" })),
      },
    ],
    inputsNow: () => augmentationInputs(files, workspace),
    openWriter: () => Promise.reject(new Error("no LLM is asked here")),
  });
}

async function augmentationInputs(files: FileLayer, { paths }: Workspace) {
  const hash = async (file: string) => sha256(await files.read(file));
  return {
    results: "r",
    previous: await hash(paths.dataset("v1")),
    testSet: await hash(paths.testSet),
    pool: await hash(paths.rowPool),
  };
}

const augmentation: Scenario = {
  name: "an augmentation",
  async setUp(files, folder) {
    const { paths } = await study(files, folder);
    await files.writeAtomic(paths.testSet, testSet);
    await files.writeAtomic(paths.rowPool, templatePool());
  },
  async act(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    const runs = runsOf(files, workspace, [scriptedAugmentation(files, workspace)]);
    const inputs = await augmentationInputs(files, workspace);
    const asked = { from: "v1", previous: "v1", next: "v2", rows: 2, writer: "pool", seed: 1, inputs };
    await startOrResume(runs, "augmentation", asked);
  },
  async state(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    await assertRunsConsistent(files, workspace);
    return versionState(files, folder, "v2");
  },
  finished: hasSucceeded,
  changes: /^runs|dataset_v2|\.namewright/,
};

/** Everything that is written during a run. */
export const runScenarios: readonly Scenario[] = [countingRun, evaluation, augmentation];
