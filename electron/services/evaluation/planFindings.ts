import { Failure } from "../../../shared/domain/failure.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import {
  outdatedPoint,
  resultsNameAsked,
  thresholdAsked,
  variantOf,
} from "../../../shared/domain/workspace/threshold.ts";
import { hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { EvaluationRequest } from "../../../shared/schema/evaluation.ts";
import type { PlanFinding } from "../../../shared/schema/evaluationPlan.ts";
import type { PromptUse } from "../../../shared/schema/prompt.ts";
import { type PromptRequest, promptOfVersion } from "../model/modelPrompt.ts";
import type { ReadyPrompt } from "../prompts/versionPrompt.ts";
import type { EvaluationPlanDependencies } from "./dependencies.ts";
import { datasetsOf, isTunedOnTest, refuseLongTestRows } from "./evaluationInputs.ts";
import { keptName } from "./keepOtherThreshold.ts";
import type { PlannedTestSet } from "./plannedTestSet.ts";

/** Returns what prevents evaluating one version, and what to know before starting. `results`: what its results are called. */
export async function versionFindings(
  setting: EvaluationPlanDependencies,
  request: Omit<PromptRequest, "dataset"> & Pick<EvaluationRequest, "threshold" | "decoding">,
  testSet: PlannedTestSet | null,
): Promise<{ found: PlanFinding[]; replaces: boolean }> {
  const { version } = request;
  const found: PlanFinding[] = [];
  const add: AddFinding = (severity, code, message, hint) =>
    found.push({ severity, code, message, hint, version });
  const use = await promptFindings(setting, request, testSet, add);
  await modelFindings(setting, version, add);
  const { runs: all } = await setting.runs.list();
  const going = all.find(
    ({ kind, status, spec }) =>
      kind === "evaluation" &&
      ["queued", "running", "paused"].includes(status) &&
      (spec as { version?: unknown }).version === version,
  );
  if (going !== undefined) {
    add(
      "error",
      "going",
      `${version} is already being evaluated.`,
      "Wait for that evaluation, or cancel it first.",
    );
  }
  const replaces = await resultsFindings(setting, request, use, add);
  if (testSet !== null && (await isTunedOnTest(setting.files, setting.workspace, datasetsOf(version, use)))) {
    add(
      "warning",
      "tuned-on-test",
      `${version} was trained on rows written from this test set, or its prompt shows some, and the test set has no split column. It can never get a decision to ship.`,
      "Add a split column to the test set.",
    );
  }
  return { found, replaces };
}

/** Says which results the new ones replace, and which are kept under another name. Returns whether any are replaced. */
async function resultsFindings(
  { files, workspace }: EvaluationPlanDependencies,
  request: Pick<EvaluationRequest, "version" | "threshold" | "decoding">,
  use: PromptUse | null,
  add: AddFinding,
): Promise<boolean> {
  const { version } = request;
  const { config, paths } = workspace;
  // A refusal by a word isn't decided by a probability.
  const byWord = typeof use?.refusal === "string";
  const variant = variantOf(version, { mode: request.decoding });
  const name = byWord ? variant : resultsNameAsked(config, request);
  if (!(await files.exists(paths.results(name)))) return false;
  const threshold = byWord ? null : thresholdAsked(config, request).threshold;
  const kept = name === variant ? await keptName(files, workspace, variant, threshold) : null;
  if (kept === null) {
    add(
      "warning",
      "replaces",
      `${name} already has results. They are replaced when the new ones are complete.`,
      "The old results stay in the folder of the run that created them.",
    );
    return true;
  }
  const message = `${variant} has results at another threshold. They are kept as ${kept} when the new ones are complete.`;
  add("warning", "keeps", message, `\`compare ${kept} ${variant}\` compares the two thresholds.`);
  return await files.exists(paths.results(kept));
}

type AddFinding = (
  severity: PlanFinding["severity"],
  code: string,
  message: string,
  hint: string | null,
) => void;

/** Returns how the version would be asked, or null after adding why it can't be. */
async function promptFindings(
  setting: EvaluationPlanDependencies,
  request: Omit<PromptRequest, "dataset">,
  testSet: PlannedTestSet | null,
  add: AddFinding,
): Promise<PromptUse | null> {
  const { version } = request;
  // A missing model has its own finding.
  if (hasAdapter(version) && (await setting.models.open(version).catch(() => null)) === null) return null;
  return noting("prompt", add, async () => {
    const { ready, use } = await promptOfVersion(setting, { ...request, dataset: null });
    if (testSet !== null) await noting("long-rows", add, () => refuseLongPrompts(setting, testSet, ready));
    return use;
  });
}

async function refuseLongPrompts(
  setting: EvaluationPlanDependencies,
  { described: { file } }: PlannedTestSet,
  prompt: ReadyPrompt,
): Promise<void> {
  const everyRow = { emptyMeansRefuse: false, heldoutOnly: false };
  await refuseLongTestRows(setting, await setting.files.read(file), prompt, everyRow);
}

/** Returns what the body returns, or null after adding its failure. */
async function noting<T>(code: string, add: AddFinding, body: () => Promise<T>): Promise<T | null> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    add("error", code, sentence(error.message), error.hint ?? null);
    return null;
  }
}

async function modelFindings(
  { models, bases, workspace }: EvaluationPlanDependencies,
  version: string,
  add: AddFinding,
): Promise<void> {
  if (!hasAdapter(version)) return;
  const model = await models.open(version).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    add("error", "no-model", error.message, error.hint ?? null);
    return null;
  });
  if (model === null) return;
  const outdated = outdatedPoint(workspace.config, version, model.adapterHash);
  if (outdated !== null) add("warning", outdated.code, outdated.message, null);
  if (model.gate === null) {
    add(
      "warning",
      "no-gate",
      `${version} has no parity gate, because it was adopted from a GGUF file. A comparison can't ship it.`,
      "To get a gate, adopt its PEFT folder instead.",
    );
  } else if (!model.gate.passed) {
    add(
      "warning",
      "gate-failed",
      `${version} didn't pass the parity gate, so the engine may not run the model that was trained.`,
      "Train it again, or check the parity gate of its run.",
    );
  }
  // A plan doesn't open a base that would first have to be downloaded or converted.
  if (workspace.config.base !== "embedded") return;
  const base = await bases.open(workspace, { signal: new AbortController().signal, onProgress: () => {} });
  if (model.record.baseHash !== base.hash) {
    add(
      "error",
      "other-base",
      `${version} was trained on a different base model than this workspace uses now.`,
      "Train it again on this base, or restore the previous base.",
    );
  }
}
