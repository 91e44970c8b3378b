import { defaultLookBudget } from "../../../shared/domain/comparison/looks.ts";
import { planTestSet } from "../../../shared/domain/dataset/testSetPlan.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { versionOfResults } from "../../../shared/domain/workspace/threshold.ts";
import type { DiscordanceResult, TestSetResult } from "../../../shared/schema/compute.ts";
import type { PlanRequest, TestSetPlan } from "../../../shared/schema/heldout.ts";
import type { LookStatus } from "../../../shared/schema/looks.ts";
import { correctionFiles } from "../results/correctedResults.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
import type { HeldoutDependencies } from "./dependencies.ts";
import { createRotation, type Rotate } from "./rotation.ts";

/** The held-out rows of the workspace's test set: how they were used, what they can show, and new ones. */
export interface HeldoutService {
  /** Returns how the held-out rows were used; null without a test set, and where looks aren't counted. */
  status(): Promise<LookStatus | null>;
  /** Plans how many rows the test set needs. Throws `Failure` `missing` without a test set. */
  plan(request: PlanRequest): Promise<TestSetPlan>;
  readonly rotate: Rotate;
}

export function createHeldoutService(setting: HeldoutDependencies): HeldoutService {
  const { files, workspace, compute, looks } = setting;
  const { testSet: file } = workspace.paths;
  const read = async (): Promise<TestSetResult> => {
    if (await files.exists(file)) return compute.ask({ kind: "test-set", file });
    throw new Failure("missing", `the workspace has no test set (${file})`, {
      file,
      hint: "Import one with `namewright dataset import FILE --as test_set`.",
    });
  };
  const statusOf = ({ hash, rows }: TestSetResult) => looks.status(hash, rows);
  const measured = async (testSet: string) => {
    const { results } = await describeWorkspace(files, workspace);
    // Results of one version at two thresholds don't show how two versions differ.
    const versions = [...Map.groupBy(results, versionOfResults).values()];
    const [baseline, candidate] = versions.slice(-2).flatMap(([first]) => first ?? []);
    if (baseline === undefined || candidate === undefined) return null;
    const [one, other] = await Promise.all(
      [baseline, candidate].map(async (name) => ({
        name,
        file: workspace.paths.results(name),
        corrections: await correctionFiles(files, workspace, name),
      })),
    );
    if (one === undefined || other === undefined) return null;
    const { found } = await compute
      .ask({ kind: "discordance", testSet, baseline: one, candidate: other })
      // A damaged results file has its message where its figures are shown. A plan works without it.
      .catch((): DiscordanceResult => ({ kind: "discordance", found: null }));
    return found === null ? null : { ...found, baseline, candidate };
  };
  return {
    async status() {
      return (await files.exists(file)) ? statusOf(await read()) : null;
    },
    async plan(request) {
      const testSet = await read();
      const used = await statusOf(testSet);
      const configured = workspace.config.decision?.lookBudget ?? defaultLookBudget;
      const found = request.discordant === null ? await measured(testSet.hash) : null;
      const planned = planTestSet(request, {
        heldout: testSet.heldout,
        looks: request.looks ?? used?.budget ?? configured,
        measured: found,
      });
      const fromDev = planned.classes.some(({ discordant }) => discordant.from === "dev");
      const measuredOn =
        found !== null && fromDev ? { baseline: found.baseline, candidate: found.candidate } : null;
      return { file, ...planned, measuredOn, used };
    },
    rotate: createRotation(setting, async () => {
      const testSet = await read();
      return { ...testSet, status: await statusOf(testSet) };
    }),
  };
}
