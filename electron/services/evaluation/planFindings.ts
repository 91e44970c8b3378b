import { Failure } from "../../../shared/domain/failure.ts";
import type { PlanFinding } from "../../../shared/schema/evaluationPlan.ts";
import type { EvaluationPlanDependencies } from "./dependencies.ts";
import { isTunedOnTest } from "./evaluationInputs.ts";
import type { PlannedTestSet } from "./plannedTestSet.ts";

/** What stands in the way of evaluating one version, or should be known before. */
export async function versionFindings(
  setting: EvaluationPlanDependencies,
  version: string,
  testSet: PlannedTestSet | null,
): Promise<PlanFinding[]> {
  const found: PlanFinding[] = [];
  const add = (severity: PlanFinding["severity"], code: string, message: string, hint: string | null) =>
    found.push({ severity, code, message, hint, version });
  await modelFindings(setting, version, add);
  const { runs: all } = await setting.runs.list();
  const going = all.find(
    ({ kind, status, spec }) =>
      kind === "evaluation" &&
      ["queued", "running", "paused"].includes(status) &&
      (spec as { version?: unknown }).version === version,
  );
  if (going !== undefined) {
    add("error", "going", `${version} is being evaluated now.`, "Wait for it, or cancel it first.");
  }
  if (await setting.files.exists(setting.workspace.paths.results(version))) {
    add(
      "warning",
      "replaces",
      `${version} has results: they will be replaced when the new ones are whole.`,
      "The old ones stay in the folder of the run that made them.",
    );
  }
  if (testSet !== null && (await isTunedOnTest(setting.files, setting.workspace, version))) {
    add(
      "warning",
      "tuned-on-test",
      `${version} was trained on rows written from this test set, which has no split column: it can never be said to ship.`,
      "Give the test set a split column.",
    );
  }
  return found;
}

async function modelFindings(
  { models, bases, workspace }: EvaluationPlanDependencies,
  version: string,
  add: (severity: PlanFinding["severity"], code: string, message: string, hint: string | null) => void,
): Promise<void> {
  if (version === "base") return;
  const model = await models.open(version).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    add("error", "no-model", error.message, error.hint ?? null);
    return null;
  });
  if (model === null) return;
  if (!model.gate.passed) {
    add(
      "warning",
      "gate-failed",
      `${version} did not pass the parity gate: the engine may not run what was trained.`,
      "Train it again, or look at the gate of its run.",
    );
  }
  // A base that would have to be fetched or converted first is not opened for a plan.
  if (workspace.config.base !== "embedded") return;
  const base = await bases.open(workspace, { signal: new AbortController().signal, onProgress: () => {} });
  if (model.record.baseHash !== base.hash) {
    add(
      "error",
      "other-base",
      `${version} was trained on another base than the workspace has now.`,
      "Train it again on this base, or set the base back.",
    );
  }
}
