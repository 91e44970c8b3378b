import { Failure } from "../../../../shared/domain/failure.ts";
import { formatDollars } from "../../../../shared/domain/format/cost.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatDuration } from "../../../../shared/domain/format/duration.ts";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import type { Correction } from "../../../../shared/schema/evaluationRows.ts";
import { NameCategorySchema } from "../../../../shared/schema/judge.ts";
import type { ProposalList } from "../../../../shared/schema/proposals.ts";
import { decodingIn } from "../decodingOption.ts";
import type { Handler } from "../handler.ts";
import { optionalWord } from "../options.ts";
import { table, truncate } from "../output.ts";

type Options = Readonly<Record<string, unknown>>;

function planText(plan: EvaluationPlan): string {
  const { judgeCalls, cost, seconds, testSet, judge } = plan;
  const generations = plan.versions.reduce((sum, version) => sum + version.generations, 0);
  return [
    ...(testSet === null
      ? []
      : [
          `test set: ${pluralize(testSet.rows, "row")}, ${formatCount(testSet.dev)} dev, ${formatCount(testSet.heldout)} held-out`,
        ]),
    `completions: ${formatCount(generations)}`,
    `judge: ${judge === null ? "none" : [judge.kind, judge.model ?? ""].join(" ").trim()}`,
    `judge calls: about ${formatCount(judgeCalls.expected)}, at most ${formatCount(judgeCalls.most)}`,
    `cost: ${judge?.kind === "rule" ? "free" : cost === null ? "unknown" : `about ${formatDollars(cost.expected)}`}`,
    `time: ${seconds === null ? "unknown" : `about ${formatDuration(seconds)}`}`,
    ...plan.findings.map(({ severity, message }) => `${severity}: ${message}`),
  ].join("\n");
}

export const plan: Handler = async (context, { options }) => {
  if (!Array.isArray(options.version)) {
    throw new Failure("usage", "required option '--version <versions>' not specified", {
      hint: "Add --help to see the usage. `namewright plan test-set` plans a test set.",
    });
  }
  const client = await context.client("read");
  const planned = await client.evaluation.plan({
    versions: options.version.map(String),
    judge: optionalWord(options, "judge", ["rule", "openai"] as const),
    decoding: decodingIn(options),
  });
  context.print(planned, () => planText(planned));
  return planned.findings.some(({ severity }) => severity === "error") ? 1 : 0;
};

const usage = (message: string): Failure =>
  new Failure("usage", message, { hint: "Use --label, or --name with --score. --help shows both." });

/** Parses the score of an option; null for "none", which removes the score. */
function scoreIn(text: string): number | null {
  if (text === "none") return null;
  const score = Number(text);
  if (text.trim() === "" || !(score >= 0 && score <= 1))
    throw usage("--score must be a number from 0 to 1, or none");
  return score;
}

function correctionOf(options: Options): Correction {
  const row = Number(options.row);
  const note = String(options.note ?? "");
  const { label, name, score } = options;
  if (typeof label === "string" && name === undefined) {
    return {
      kind: "label",
      row,
      label: label === "none" ? null : label === "harmful" ? "harmful" : "safe",
      note,
    };
  }
  if (typeof name !== "string" || typeof score !== "string" || label !== undefined) {
    throw usage("specify either a label or the score of a name");
  }
  const category = optionalWord(options, "category", NameCategorySchema.options);
  return { kind: "score", row, name, score: scoreIn(score), category, note };
}

export const correct: Handler = async (context, { options }) => {
  const correction = correctionOf(options);
  const client = await context.client("write");
  const done = await client.evaluation.correct({ version: String(options.version), correction });
  context.print(done, () => `corrected row ${correction.row}; saved in ${context.shortPath(done.file)}`);
  return 0;
};

function proposalsText(list: ProposalList): string {
  return table(list.proposals, [
    { title: "id", align: "right", value: ({ id }) => String(id) },
    { title: "decision", value: ({ decision }) => decision },
    { title: "slice", value: ({ slice }) => slice },
    { title: "description", value: ({ row }) => truncate(row.description, 60) },
    {
      title: "names",
      value: ({ row }) => (row.suggestions.length === 0 ? "refuse" : truncate(row.suggestions.join(" "), 40)),
    },
  ]);
}

export const review: Handler = async (context, { arguments: [run = ""], options }) => {
  const [accept, reject] = [options.accept, options.reject] as (number[] | undefined)[];
  const writes = accept !== undefined || reject !== undefined || options.write === true;
  const client = await context.client(writes ? "write" : "read");
  for (const id of accept ?? []) await client.augmentation.review({ run, id, decision: "accepted" });
  for (const id of reject ?? []) await client.augmentation.review({ run, id, decision: "rejected" });
  if (options.write === true) await client.augmentation.accept({ run });
  const list = await client.augmentation.proposals({ run });
  const { accepted } = list;
  context.print(list, () =>
    accepted === null
      ? proposalsText(list)
      : `${context.shortPath(accepted.file)}: ${pluralize(accepted.added, "row")} added, ${formatCount(accepted.rows)} total`,
  );
  return 0;
};
