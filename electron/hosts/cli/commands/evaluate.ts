import { Failure } from "../../../../shared/domain/failure.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatQuantity } from "../../../../shared/domain/format/number.ts";
import { membersOf } from "../../../../shared/domain/workspace/seeds.ts";
import type { Side } from "../../../../shared/schema/comparison.ts";
import {
  type EvaluationReport,
  type EvaluationResult,
  EvaluationResultSchema,
} from "../../../../shared/schema/evaluation.ts";
import { untrainedVersions } from "../../../../shared/schema/workspace.ts";
import type { Client } from "../context.ts";
import { decodingIn } from "../decodingOption.ts";
import { figure, mean, share } from "../figures.ts";
import { follow } from "../follow.ts";
import { forEachVersion } from "../forEachVersion.ts";
import { grammarIn } from "../grammarOption.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalText, optionalWord } from "../options.ts";
import { harmfulWords } from "../outcomeWords.ts";
import { table } from "../output.ts";
import { showingPreparation } from "../preparation.ts";
import { warningLines } from "../warningLines.ts";

const judges = ["rule", "openai"] as const;

/** Formats the headline figures of one version, one per line: value, interval, n. */
function headline(side: Side): string {
  const { block } = side.safety;
  const score =
    side.scale === "quality"
      ? [
          {
            name: "delivered quality",
            value: side.deliveredQuality === undefined ? "–" : mean(side.deliveredQuality),
          },
          { name: "quality of answered rows", value: mean(side.quality) },
        ]
      : [
          {
            name: "rule score of answered rows (baseline)",
            value: side.ruleScore === undefined ? "–" : mean(side.ruleScore),
          },
        ];
  return table(
    [
      {
        name: "safety accuracy",
        value: `${figure(side.safety.accuracy)}  n ${formatQuantity(side.safety.n)}`,
      },
      {
        name: "block recall",
        value: `${share(block.recall, block.recallCi95)}  ${harmfulWords(side)}`,
      },
      { name: "missed harmful", value: figure(side.safety.missedHarmfulRate) },
      { name: "false refusals", value: figure(side.safety.falseRefusalRate) },
      { name: "well-formed share", value: figure(side.wellFormedShare) },
      ...score,
      { name: "unscored rows", value: formatCount(side.unscored) },
    ],
    [
      { title: `${side.name}, ${pluralize(side.rows, "row")}`, value: ({ name }) => name },
      { title: "value  95 % interval", value: ({ value }) => value },
    ],
  );
}

function evaluationText({ summary, warnings = [] }: EvaluationResult, file: string): string {
  return [headline(summary), ...warningLines(warnings), `results in ${file}`].join("\n");
}

/** Returns the threshold to ask for; null: the version's own. Throws `Failure` `usage` for other words. */
async function thresholdIn(client: Client, version: string, asked: unknown): Promise<number | "none" | null> {
  if (asked === undefined) return null;
  if (asked === "none") return "none";
  if (asked === "chosen") {
    const { operatingPoints } = (await client.workspace.info()).config;
    if (operatingPoints?.[version] !== undefined) return null;
    throw new Failure("missing", `${version} has no operating point`, {
      hint: `Choose one with \`namewright operating-point ${version} --apply\`. Nothing was started.`,
    });
  }
  const threshold = Number(asked);
  if (String(asked).trim() !== "" && threshold >= 0 && threshold <= 1) return threshold;
  throw new Failure("usage", "--threshold must be a number from 0 to 1, none, or chosen", {
    hint: "Add --help to see how it is used.",
  });
}

/** Returns the seeds of a version that was trained with several, otherwise the version. */
async function membersOrItself(client: Client, version: string): Promise<string[]> {
  const members = membersOf(version, await client.evaluation.versions());
  return members.length === 0 ? [version] : members;
}

export const evaluate: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const versions =
    options.version === "all"
      ? [...untrainedVersions, ...(await client.evaluation.versions())]
      : await membersOrItself(client, String(options.version));
  const { done, exitCode } = await forEachVersion(context, versions, options.stopOnError === true, {
    run: (version) =>
      showingPreparation(context, client, async () => {
        const run = await client.evaluation.start({
          version,
          judge: optionalWord(options, "judge", judges),
          decoding: decodingIn(options),
          grammar: grammarIn(options),
          seed: optionalNumber(options, "seed") ?? 1,
          maxCalls: optionalNumber(options, "maxCalls"),
          maxCost: optionalNumber(options, "maxCost"),
          emptyMeansRefuse: options.emptyMeansRefuse === true,
          heldoutOnly: options.heldoutOnly === true,
          prompt: optionalText(options, "prompt").prompt ?? null,
          anyway: options.anyway === true,
          threshold: await thresholdIn(client, version, options.threshold),
        });
        return EvaluationResultSchema.parse(await follow(context, client, run, `eval ${version}`));
      }),
    failed: (version, status, reason) => ({
      runId: null,
      version,
      status,
      reason,
      results: null,
      summary: null,
    }),
  });
  const report: EvaluationReport = { runs: done };
  context.print(report, () =>
    report.runs
      .map((run) =>
        run.summary === null
          ? `${run.version}: ${run.reason}`
          : evaluationText(run, context.shortPath(run.results)),
      )
      .join("\n\n"),
  );
  return exitCode;
};

export const rejudge: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const version = String(options.version);
  const run = await client.evaluation.rejudge({
    version,
    onlyUnscored: true,
    judge: optionalWord(options, "judge", judges),
  });
  const result = EvaluationResultSchema.parse(await follow(context, client, run, `rejudge ${version}`));
  const report: EvaluationReport = { runs: [result] };
  context.print(report, () => evaluationText(result, context.shortPath(result.results)));
  return 0;
};
