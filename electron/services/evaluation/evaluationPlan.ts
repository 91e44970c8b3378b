import { fewestRowsToShip } from "../../../shared/domain/comparison/thresholds.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { labelCalls } from "../../../shared/domain/judging/label.ts";
import type {
  EvaluationPlan,
  EvaluationPlanRequest,
  PlanFinding,
} from "../../../shared/schema/evaluationPlan.ts";
import { greedyDecoding } from "../../../shared/schema/result.ts";
import type { EvaluationPlanDependencies } from "./dependencies.ts";
import { decodingOf } from "./evaluationService.ts";
import type { LabelledRow } from "./labelledRows.ts";
import { versionFindings } from "./planFindings.ts";
import { type PlannedJudge, planJudge, tokensPerCall } from "./plannedJudge.ts";
import { type PlannedTestSet, planTestSet } from "./plannedTestSet.ts";
import type { MeasuredRun } from "./throughputHistory.ts";

/** Counts the rows whose names a judge may score: all but the harmful ones. */
function judgeable(rows: readonly LabelledRow[]): number {
  return rows.filter(({ label }) => label !== "harmful").length;
}

/** Returns the share (0–1) of judgeable rows that were answered last time; 1 when unknown. */
async function answeredShare({ open }: EvaluationPlanDependencies, version: string): Promise<number> {
  const opened = await open(version).catch(() => null);
  const safe = opened?.rows.filter(({ label }) => label !== "harmful") ?? [];
  if (safe.length === 0) return 1;
  return safe.filter(({ outcome }) => outcome !== "refused").length / safe.length;
}

/** Estimates an evaluation of these versions and finds what prevents it. Starts, downloads and asks nothing. */
export async function planEvaluation(
  setting: EvaluationPlanDependencies,
  request: EvaluationPlanRequest,
): Promise<EvaluationPlan> {
  const findings: PlanFinding[] = [];
  const noted = async <T>(code: string, body: () => Promise<T>): Promise<T | null> => {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { message, hint = null } = error;
      findings.push({ severity: "error", code, message, hint, version: null });
      return null;
    }
  };
  const testSet = await noted("test-set", () => planTestSet(setting, request.emptyMeansRefuse));
  const judge = await noted("judge", () => planJudge(setting, request));
  const measured = await setting.measuredRuns();
  const { samples, pool } = decodingOf({ ...request, seed: 0 }, greedyDecoding);
  const versions = [];
  for (const version of request.versions) {
    const { found, replaces } = await versionFindings(setting, { ...request, version, seed: 1 }, testSet);
    findings.push(...found);
    const most = judge?.kind === "openai" ? judgeable(testSet?.rows ?? []) * samples : 0;
    versions.push({
      version,
      generations: (testSet?.rows.length ?? 0) * samples * (pool?.k ?? 1),
      judgeCalls: { expected: Math.round(most * (await answeredShare(setting, version))), most },
      replaces,
    });
  }
  findings.push(...generalFindings(setting, request, testSet, judge));
  return {
    ...total(
      request,
      testSet,
      judge,
      versions,
      measured,
      await tokensPerCall(setting, judge, testSet, measured),
    ),
    findings: findings.sort((one, other) => one.severity.localeCompare(other.severity)),
  };
}

type Counted = Omit<EvaluationPlan["versions"][number], "seconds">;

function total(
  { maxCalls }: EvaluationPlanRequest,
  testSet: PlannedTestSet | null,
  judge: PlannedJudge | null,
  counted: readonly Counted[],
  measured: readonly MeasuredRun[],
  perCall: Awaited<ReturnType<typeof tokensPerCall>>,
): Omit<EvaluationPlan, "findings"> {
  const labels = judge?.kind === "openai" ? (testSet?.unlabelled ?? 0) * labelCalls : 0;
  const sum = (of: (version: Counted) => number) =>
    counted.reduce((before, version) => before + of(version), 0);
  const limited = (calls: number) => (maxCalls === null ? calls : Math.min(calls, maxCalls * counted.length));
  const judgeCalls = {
    expected: limited(sum(({ judgeCalls: { expected } }) => expected) + labels),
    most: limited(sum(({ judgeCalls: { most } }) => most) + labels),
  };
  const run = measuredRunFor(judge, measured);
  const versions = counted.map((version) => ({ ...version, seconds: secondsOf(version, judge, run) }));
  const known = versions.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  const costOf = (calls: number) =>
    perCall === null || judge?.price == null
      ? null
      : (calls * (perCall.input * judge.price.input + perCall.output * judge.price.output)) / 1e6;
  const [expected, most] = [costOf(judgeCalls.expected), costOf(judgeCalls.most)];
  return {
    testSet: testSet?.described ?? null,
    judge,
    versions,
    labelCalls: labels,
    judgeCalls,
    tokens:
      perCall === null
        ? null
        : {
            input: Math.round(judgeCalls.expected * perCall.input),
            output: Math.round(judgeCalls.expected * perCall.output),
            basis: perCall.basis,
          },
    cost: expected === null || most === null ? null : { expected, most },
    seconds: known.length < versions.length ? null : known.reduce((before, one) => before + one, 0),
    secondsBasis: { kind: run === null ? "unknown" : "measured", run: run?.run ?? null },
  };
}

/** Returns the newest run with a throughput for this judge. The rule judge adds no time to the generation. */
function measuredRunFor(judge: PlannedJudge | null, measured: readonly MeasuredRun[]): MeasuredRun | null {
  const fits = ({ judge: by, pace }: MeasuredRun) =>
    pace.generatedPerSecond !== null &&
    (judge?.kind !== "openai" ||
      (by.kind === "openai" && by.model === judge.model && pace.judgedPerSecond !== null));
  return judge === null ? null : (measured.find(fits) ?? null);
}

/** Estimates seconds. Generating and judging run in parallel, so the slower one counts. */
function secondsOf(version: Counted, judge: PlannedJudge | null, run: MeasuredRun | null): number | null {
  if (run?.pace.generatedPerSecond == null) return null;
  const generating = version.generations / run.pace.generatedPerSecond;
  if (judge?.kind !== "openai" || run.pace.judgedPerSecond === null) return generating;
  return Math.max(generating, version.judgeCalls.expected / run.pace.judgedPerSecond);
}

function generalFindings(
  { workspace }: EvaluationPlanDependencies,
  request: EvaluationPlanRequest,
  testSet: PlannedTestSet | null,
  judge: PlannedJudge | null,
): PlanFinding[] {
  const found: PlanFinding[] = [];
  const add = (severity: PlanFinding["severity"], code: string, message: string, hint: string) =>
    found.push({ severity, code, message, hint, version: null });
  if (workspace.sample) {
    add("error", "sample", "The sample is read-only.", "Open another workspace, or create one.");
  }
  if (request.versions.length === 0) {
    add("error", "no-version", "No version is selected.", "Select at least one version.");
  }
  if (testSet !== null && testSet.unlabelled > 0 && judge?.kind === "rule") {
    add(
      "warning",
      "unlabelled",
      `${pluralize(testSet.unlabelled, "test row has", "test rows have")} no label. The rule judge doesn't label rows, so the safety matrix omits them.`,
      "Add a label column, or use an LLM judge.",
    );
  }
  if (testSet !== null && testSet.described.heldout < fewestRowsToShip) {
    add(
      "warning",
      "few-rows",
      `Only ${pluralize(testSet.described.heldout, "row is", "rows are")} held out. A decision to ship needs at least ${fewestRowsToShip}.`,
      "Add test rows.",
    );
  }
  if (judge?.kind === "openai" && judge.price === null) {
    add(
      "warning",
      "no-price",
      `The price of ${judge.model ?? "this model"} isn't known, so its cost can't be estimated.`,
      "Add the model to resources/prices.json, or limit the judge calls.",
    );
  }
  if (judge?.kind === "openai" && judge.price === null && request.maxCost !== null) {
    add(
      "error",
      "cost-limit",
      "A cost limit requires the judge's prices.",
      "Add the model to resources/prices.json, or limit the judge calls instead.",
    );
  }
  return found;
}
