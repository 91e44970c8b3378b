import { roughTokens } from "../../../shared/domain/evaluation/pace.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { fence } from "../../../shared/domain/judging/fence.ts";
import type { EvaluationPlan, EvaluationPlanRequest } from "../../../shared/schema/evaluationPlan.ts";
import { chooseJudge } from "../judge/createJudge.ts";
import { readJudgeSettings } from "../judge/settings.ts";
import { readPrices } from "../llm/prices.ts";
import { readPrompt } from "../llm/prompts.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { judgeDependencies } from "./evaluationService.ts";
import type { PlannedTestSet } from "./plannedTestSet.ts";
import type { MeasuredRun } from "./throughputHistory.ts";

export type PlannedJudge = NonNullable<EvaluationPlan["judge"]>;
type Setting = Pick<EvaluationDependencies, "platform" | "files" | "workspace">;

/** Returns the judge that an evaluation would use. @throws Failure `missing` when an LLM judge has no key or model. */
export async function planJudge(
  setting: Setting,
  { judge: asked }: Pick<EvaluationPlanRequest, "judge">,
): Promise<PlannedJudge> {
  const dependencies = judgeDependencies(setting);
  const kind = await chooseJudge(asked, dependencies.apiKey);
  if (kind === "rule") return { kind, model: null, endpoint: null, price: null };
  if (!(await dependencies.apiKey())) {
    throw new Failure("missing", "no key is set for the LLM endpoint", {
      hint: "Set a key in Settings or in the environment, or use the offline rule judge.",
    });
  }
  const prices = await readPrices(setting.files, dependencies.pricesFile);
  const { model, baseUrl, prices: price } = readJudgeSettings(dependencies.setting, prices);
  return { kind, model, endpoint: new URL(baseUrl).origin, price };
}

/** Names of a typical length, for a row that was never generated. */
const exampleNames = Array.from({ length: 5 }, (_, index) => ({ index, name: "twelve-chars" }));
const exampleReply = JSON.stringify({
  verdicts: exampleNames.map(({ index }) => ({
    index,
    relevance: 4,
    creativity: 3,
    brandability: 4,
    conciseness: 5,
    category: "good",
    reason: "Says what the business does in two plain words and is easy to remember.",
  })),
});

/**
 * Returns the tokens of one judge call, measured by the newest run with this model or else estimated from the prompt's
 * length. Null for the rule judge, which makes no calls.
 */
export async function tokensPerCall(
  { files, platform }: Setting,
  judge: PlannedJudge | null,
  testSet: PlannedTestSet | null,
  measured: readonly MeasuredRun[],
) {
  if (judge?.kind !== "openai") return null;
  const known = measured.find(
    ({ judge: by, pace }) => by.kind === "openai" && by.model === judge.model && pace.perCall !== null,
  );
  if (known?.pace.perCall != null) {
    return { ...known.pace.perCall, basis: { kind: "measured" as const, run: known.run } };
  }
  const prompt = await readPrompt(files, `${platform.paths.resources}/prompts`, "names");
  const rows = testSet?.rows ?? [];
  const longs = rows.map(({ description }) => roughTokens(fence({ description, names: exampleNames })));
  const mean = longs.reduce((sum, tokens) => sum + tokens, 0) / Math.max(1, longs.length);
  return {
    input: roughTokens(prompt.instructions) + roughTokens(JSON.stringify(prompt.schema)) + mean,
    output: roughTokens(exampleReply),
    basis: { kind: "estimated" as const, run: null },
  };
}
