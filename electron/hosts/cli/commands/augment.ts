import { z } from "zod";
import { describeReasons } from "../../../../shared/domain/augmentation/reasons.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import {
  type AugmentationReport,
  AugmentationReportSchema,
  type PlannedGroup,
  ProposedReportSchema,
} from "../../../../shared/schema/augmentation.ts";
import { WriterSchema } from "../../../../shared/schema/augmentationRun.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalWord } from "../options.ts";
import { singleLine, table, truncate } from "../output.ts";
import { writerReportText } from "../writerReport.ts";

/** Counts each key, most frequent first. */
function counts(keys: readonly string[]): { key: string; count: number }[] {
  const byKey = new Map<string, number>();
  for (const key of keys) byKey.set(key, (byKey.get(key) ?? 0) + 1);
  return [...byKey].map(([key, count]) => ({ key, count })).sort((one, other) => other.count - one.count);
}

/** Lists what the rows were planned for. Runs of earlier versions have no groups. */
export function groupsText(groups: readonly PlannedGroup[]): string[] {
  if (groups.length === 0) return [];
  const listed = table(groups, [
    { title: "weak rows about", value: ({ slice }) => truncate(singleLine(slice), 40) },
    { title: "why", value: ({ reasons }) => describeReasons(reasons) },
    { title: "planned", align: "right", value: ({ rows }) => formatCount(rows) },
    {
      title: "for example",
      value: ({ examples: [first] }) =>
        first === undefined ? "" : `row ${first.row}: ${truncate(singleLine(first.description), 50)}`,
    },
  ]);
  return [listed, ""];
}

export function augmentationText(result: AugmentationReport, shortPath: (file: string) => string): string {
  const added = table(
    counts(
      result.added.map(
        ({ slice, suggestions }) => `${slice}\t${suggestions.length === 0 ? "refuse" : "answer"}`,
      ),
    ),
    [
      { title: "slice", value: ({ key }) => key.split("\t")[0] ?? "" },
      { title: "expected", value: ({ key }) => key.split("\t")[1] ?? "" },
      { title: "rows", align: "right", value: ({ count }) => formatCount(count) },
    ],
  );
  const rejected = counts(result.rejected.map(({ reason }) => reason))
    .map(({ key, count }) => `${count} × ${key}`)
    .join(", ");
  const uncovered = result.notWritable.map(({ slice }) => slice).join("; ");
  return [
    `${shortPath(result.dataset)}: ${pluralize(result.added.length, "row")} added, ${result.origin}`,
    ...groupsText(result.groups),
    added,
    ...omittedText(result),
    ...(rejected === "" ? [] : [`rejected candidates: ${rejected}`]),
    ...writerReportText(result),
    ...(uncovered === "" ? [] : [`the pool has no rows for: ${uncovered} (try --writer llm)`]),
  ].join("\n");
}

/** Returns the topics of `--omit`; null without the option: those of the dataset. */
function omittedTopics(given: unknown): string[] | null {
  if (!Array.isArray(given)) return null;
  const topics = given.map(String);
  return topics.length === 1 && topics[0] === "none" ? [] : topics;
}

function omittedText({ omit }: Pick<AugmentationReport, "omit">): string[] {
  return omit.length === 0 ? [] : [`omitted topics: ${singleLine(omit.join(", "))}`];
}

export const augment: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const run = await client.augmentation.start({
    from: String(options.from),
    rows: optionalNumber(options, "rows"),
    writer: optionalWord(options, "writer", WriterSchema.options),
    seed: optionalNumber(options, "seed") ?? 1,
    forRows: (options.forRows as number[] | undefined) ?? null,
    review: options.review === true,
    omit: omittedTopics(options.omit),
    maxCalls: optionalNumber(options, "maxCalls"),
    maxCost: optionalNumber(options, "maxCost"),
  });
  const result = z
    .union([AugmentationReportSchema, ProposedReportSchema])
    .parse(await follow(context, client, run, `augment from ${String(options.from)}`));
  if ("proposals" in result) {
    context.print({ run: run.id, ...result }, () =>
      [
        `${pluralize(result.proposed, "row")} proposed, ${result.origin}. Review them with \`namewright review ${run.id}\``,
        ...groupsText(result.groups),
        ...omittedText(result),
        ...writerReportText(result),
      ].join("\n"),
    );
    return 0;
  }
  context.print(result, () => augmentationText(result, (file) => context.shortPath(file)));
  return 0;
};
