import { analyseResults } from "../../../shared/domain/analysis/analyse.ts";
import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { poolDecoding } from "../../../shared/domain/generation/bestOfPool.ts";
import {
  resultsNameAsked,
  thresholdAsked,
  versionOfResults,
} from "../../../shared/domain/workspace/threshold.ts";
import { grammarOf, hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { Analysis } from "../../../shared/schema/analysis.ts";
import type {
  EvaluationRequest,
  EvaluationResult,
  EvaluationSpec,
} from "../../../shared/schema/evaluation.ts";
import type { PromptUse } from "../../../shared/schema/prompt.ts";
import { type Decoding, greedyDecoding, type Results } from "../../../shared/schema/result.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { createJudge, type JudgeDependencies, judgeCacheFile } from "../judge/createJudge.ts";
import type { Judge } from "../judge/judge.ts";
import { type PromptRequest, promptOfVersion } from "../model/modelPrompt.ts";
import { gateWord } from "../model/modelStore.ts";
import { workspaceHashes } from "../model/workspaceHashes.ts";
import { correctionFiles, readCorrected, readNamed, resultsFileOf } from "../results/correctedResults.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import { refreshConfig } from "../workspace/changeConfig.ts";
import { assertWritable, describeWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import {
  datasetsOf,
  isTunedOnTest,
  labelledRows,
  refuseLongTestRows,
  testSetHash,
} from "./evaluationInputs.ts";
import { evaluationKind } from "./evaluationKind.ts";
import { generateSamples } from "./generation.ts";
import { type JudgingSession, judgeInRun, limitReached, limitsLeft } from "./judgingSession.ts";

export function decodingOf(
  { decoding, seed }: Pick<EvaluationRequest, "decoding" | "seed">,
  { grammar, refusalThreshold }: Pick<Decoding, "grammar" | "refusalThreshold">,
): Decoding {
  const chosen = { grammar, refusalThreshold, seed };
  if (decoding === "greedy") return { ...greedyDecoding, ...chosen };
  if (decoding === "best-of-pool") return { ...poolDecoding, ...chosen };
  return { ...greedyDecoding, mode: "sampled", temperature: 0.8, samples: 3, ...chosen };
}

export function judgeDependencies(
  { platform, files, workspace }: Pick<EvaluationDependencies, "platform" | "files" | "workspace">,
  warn: (message: string) => void = () => {},
): JudgeDependencies {
  return {
    files,
    promptsFolder: `${platform.paths.resources}/prompts`,
    pricesFile: `${platform.paths.resources}/prices.json`,
    cacheFile: judgeCacheFile(workspace.paths.state),
    apiKey: () => platform.secrets.get("OPENAI_API_KEY"),
    setting: (name) => platform.setting(name),
    warn,
  };
}

/** Records the judge's messages as warnings of the run. */
export const warnIn = (context: RunContext) => (message: string) => {
  // An unwritable journal fails the run at its next row. Here it must not end the process.
  context.emit({ kind: "warning", code: "judge", message }).catch(() => {});
};

/** Records a download or a conversion of the base as a stage of the run. */
const baseStageOf =
  (context: RunContext) =>
  (detail: string): void => {
    context.emit({ kind: "stage", stage: "base", detail }).catch(() => {});
  };

/** Returns a request for the prompt that a spec was made with. */
function promptAgain({ version, promptUse }: EvaluationSpec): PromptRequest {
  return {
    version,
    prompt: promptUse?.name ?? null,
    seed: promptUse?.examples?.seed ?? 1,
    dataset: promptUse?.examples?.dataset ?? null,
    anyway: promptUse?.trainedWith !== undefined,
  };
}

/** Returns the current hashes of everything an evaluation depends on, and how the version is asked. */
async function inputsNow(
  setting: EvaluationDependencies,
  request: PromptRequest,
  judge: Judge,
  { signal, onProgress = () => {} }: { signal: AbortSignal; onProgress?: (detail: string) => void },
): Promise<{ inputs: EvaluationSpec["inputs"]; promptUse: PromptUse }> {
  const { files, workspace, bases } = setting;
  const base = await bases.open(workspace, { signal, onProgress });
  const { ready, use, model } = await promptOfVersion(setting, request);
  if (model !== null && model.record.baseHash !== base.hash) {
    throw new Failure(
      "bad-value",
      `${request.version} was trained on a different base model than this workspace uses now`,
      {
        hint: "Train it again on this base, or restore the previous `base` in namewright.json.",
      },
    );
  }
  return {
    inputs: {
      testSet: await testSetHash(files, workspace),
      base: base.hash,
      adapter: model?.adapterHash ?? null,
      dataset: model === null ? (ready.examples?.datasetHash ?? null) : model.record.datasetHash,
      prompt: ready.hash,
      filledPrompt: ready.filledHash,
      judge: judge.stamp,
    },
    promptUse: use,
  };
}

/** Returns the spec of an evaluation: the request and the hash of every current input. */
async function evaluationSpec(
  setting: EvaluationDependencies,
  request: EvaluationRequest,
): Promise<EvaluationSpec> {
  const judge = await createJudge(request.judge, judgeDependencies(setting));
  // Refuses a cost limit without a known price before the run starts.
  judge.openMeter({ maxCost: request.maxCost });
  const { inputs, promptUse } = await inputsNow(setting, { ...request, dataset: null }, judge, {
    signal: new AbortController().signal,
  });
  if (promptUse.refusal !== null && typeof request.threshold === "number")
    throw refusesByWord(request.version);
  const use = thresholdAsked(setting.workspace.config, request);
  // A refusal by a word isn't decided by a probability.
  const isMeasured = promptUse.refusal === null;
  const refusalThreshold = isMeasured ? use.threshold : null;
  const results = resultsNameAsked(
    setting.workspace.config,
    isMeasured ? request : { ...request, threshold: null },
  );
  return {
    version: request.version,
    decoding: decodingOf(request, {
      grammar: grammarOf(request.version, request.grammar),
      refusalThreshold,
    }),
    ...(isMeasured ? { thresholdFrom: use.from } : {}),
    ...(results === request.version ? {} : { results }),
    limits: { maxCalls: request.maxCalls, maxCost: request.maxCost },
    emptyMeansRefuse: request.emptyMeansRefuse,
    ...(request.heldoutOnly ? { heldoutOnly: true } : {}),
    inputs,
    promptUse,
  };
}

function refusesByWord(version: string): Failure {
  return new Failure("usage", `${version} refuses with a word, so it has no refusal threshold`, {
    hint: "Omit `--threshold`, or select a prompt without {refusal}. Nothing was started.",
  });
}

/** Creates the evaluation kind with a workspace's real engine and judge. */
export function createEvaluationKind(
  setting: EvaluationDependencies,
): RunKindDefinition<EvaluationSpec, EvaluationResult> {
  const { files, workspace, inference, bases, models, now } = setting;
  const sessions = new WeakMap<RunContext, Promise<JudgingSession>>();
  const open = async (spec: EvaluationSpec, context: RunContext) => {
    const judge = await createJudge(spec.inputs.judge.kind, judgeDependencies(setting, warnIn(context)));
    return { judge, meter: judge.openMeter(limitsLeft(spec.limits, context.previous)) };
  };
  /** Opens one judge and one meter per attempt of a run. */
  const sessionOf = (spec: EvaluationSpec, context: RunContext) => {
    const opened = sessions.get(context) ?? open(spec, context);
    sessions.set(context, opened);
    return opened;
  };
  return evaluationKind({
    files,
    workspace,
    currentInputs: async (spec, context) => {
      const { judge } = await sessionOf(spec, context);
      const options = { signal: context.signal, onProgress: baseStageOf(context) };
      return (await inputsNow(setting, promptAgain(spec), judge, options)).inputs;
    },
    testRows: async (spec, context) => {
      const session = await sessionOf(spec, context);
      const rows = await labelledRows({ files, workspace, spec, session, ...context, now });
      if (rows === null) throw limitReached(session, context.runId, spec.version);
      return rows;
    },
    generate: (request) =>
      setting.withAccelerator({ ...request.context, signal: request.signal }, async () => {
        const base = await bases.open(workspace, {
          signal: request.signal,
          onProgress: baseStageOf(request.context),
        });
        await generateSamples(inference, {
          ...request,
          model: await models.engineModel(base, request.spec.version, request.signal),
          decoding: request.spec.decoding,
          prompt: (await promptOfVersion(setting, promptAgain(request.spec))).ready,
        });
      }),
    judge: async (spec, rows, context, onVerdict) => {
      const session = await sessionOf(spec, context);
      const { stopped, alarms } = await judgeInRun(session, rows, context, onVerdict);
      if (stopped) throw limitReached(session, context.runId, spec.version);
      return alarms;
    },
    stampFacts: async (spec) => ({
      gate: hasAdapter(spec.version) ? gateWord(await models.open(spec.version)) : null,
      tunedOnTest: await isTunedOnTest(files, workspace, datasetsOf(spec.version, spec.promptUse)),
    }),
  });
}

/** Opens a version's results with corrections applied. @throws Failure `missing` when there are none. */
export async function openResults(files: FileLayer, workspace: Workspace, version: string): Promise<Results> {
  const file = await resultsFileOf(files, workspace, version);
  return (await readCorrected(files, file, await correctionFiles(files, workspace, version))).results;
}

export interface EvaluationService {
  start(request: EvaluationRequest): Promise<Run>;
  rejudge(request: { version: string; onlyUnscored: boolean; judge: "rule" | "openai" | null }): Promise<Run>;
  analyse(request: { version: string; worst: number }): Promise<Analysis>;
  versions(): Promise<string[]>;
}

export function createEvaluationService(
  setting: EvaluationDependencies,
  runs: RunService,
): EvaluationService {
  const { files, workspace } = setting;
  return {
    async start(request) {
      assertWritable(workspace);
      await refreshConfig(files, workspace);
      await files.refuseLink(workspace.paths.results(resultsNameAsked(workspace.config, request)));
      // Here, so that the request fails and not the run. The evaluation itself explains a missing test set.
      if (await files.exists(workspace.paths.testSet)) {
        const { ready } = await promptOfVersion(setting, { ...request, dataset: null });
        await refuseLongTestRows(setting, await files.read(workspace.paths.testSet), ready, request);
      }
      return (await runs.start("evaluation", await evaluationSpec(setting, request))).run;
    },
    async rejudge({ version, judge, onlyUnscored }) {
      assertWritable(workspace);
      await files.refuseLink(workspace.paths.results(version));
      await openResults(files, workspace, version);
      const resultsHash = sha256(await files.read(workspace.paths.results(version)));
      const { stamp } = await createJudge(judge, judgeDependencies(setting));
      return (await runs.start("rejudging", { version, onlyUnscored, judge: stamp, resultsHash })).run;
    },
    async analyse({ version, worst }) {
      const file = await resultsFileOf(files, workspace, version);
      const corrections = await correctionFiles(files, workspace, version);
      const hashes = await workspaceHashes(setting, [versionOfResults(version)]);
      const { results, stale = [] } = await readNamed(files, { name: version, file, corrections }, hashes);
      return analyseResults(version, results, { worst, stale, settings: decisionPreset(workspace.config) });
    },
    versions: async () => (await describeWorkspace(files, workspace)).versions,
  };
}
