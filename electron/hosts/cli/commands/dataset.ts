import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber, formatQuantity } from "../../../../shared/domain/format/number.ts";
import { type GenerationResult, GenerationResultSchema } from "../../../../shared/schema/augmentationRun.ts";
import type { DatasetStats, Finding, LintReport } from "../../../../shared/schema/dataset.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber, optionalText } from "../options.ts";
import { singleLine, styled, table, truncate } from "../output.ts";
import { writerReportText } from "../writerReport.ts";

/** The number of findings shown in text. `--json` prints all. */
const shownFindings = 40;

function findingsTable(findings: readonly Finding[]): string {
  return table(findings.slice(0, shownFindings), [
    { title: "severity", value: ({ severity }) => severity },
    { title: "row", align: "right", value: ({ row }) => (row === null ? "–" : String(row)) },
    { title: "line", align: "right", value: ({ line }) => String(line) },
    { title: "column", value: ({ column }) => column },
    { title: "rule", value: ({ rule }) => rule },
    { title: "finding", value: ({ message }) => message },
    { title: "value", value: ({ value }) => truncate(value, 40) },
    { title: "safe repair", value: ({ fix }) => (fix === undefined ? "" : truncate(fix, 30)) },
  ]);
}

/** Formats the row and finding counts of a linted file. */
export function lintedText({ rows, refusals, errors, warnings }: LintReport["files"][number]): string {
  return [
    pluralize(rows, "row"),
    pluralize(refusals, "refusal"),
    pluralize(errors, "error"),
    pluralize(warnings, "warning"),
  ].join(", ");
}

function lintText(report: LintReport): string {
  const files = report.files.flatMap((file) => [
    `${styled("bold", singleLine(file.file))}: ${lintedText(file)} (${file.encoding}, ${JSON.stringify(file.delimiter)})`,
    ...(file.findings.length === 0 ? [] : [findingsTable(file.findings)]),
    ...(file.findings.length > shownFindings
      ? [
          `… and ${formatCount(file.errors + file.warnings - shownFindings)} more findings; --json lists ${formatCount(file.findings.length)}`,
        ]
      : []),
    ...(file.findings.some(({ fix }) => fix !== undefined)
      ? [`\`namewright dataset fix ${singleLine(file.file)}\` applies the safe repairs`]
      : []),
  ]);
  const leaks =
    report.leaks.length === 0
      ? []
      : [
          "",
          styled(
            "red",
            `${pluralize(report.leaks.length + (report.unlistedLeaks ?? 0), "leak")}: rows used for training can't be used for testing`,
          ),
          table(report.leaks.slice(0, shownFindings), [
            { title: "row", align: "right", value: ({ row }) => String(row) },
            { title: "description", value: ({ description }) => truncate(description, 50) },
            {
              title: "in",
              value: ({ againstFile, againstRow }) => `${path.basename(againstFile)} row ${againstRow}`,
            },
            { title: "its description", value: ({ againstDescription }) => truncate(againstDescription, 50) },
            {
              title: "similarity",
              align: "right",
              value: ({ similarity, exact }) => (exact ? "equal" : formatNumber(similarity, 2)),
            },
          ]),
        ];
  return [...files, ...leaks].join("\n");
}

export const lint: Handler = async (context, { arguments: files, options }) => {
  const client = await context.client("any");
  const against = Array.isArray(options.against) ? options.against.map(String) : [];
  const report = await client.dataset.lint({ files: [...files], against }, { signal: context.signal });
  context.print(report, () => lintText(report));
  return report.leaks.length > 0 || report.files.some(({ errors }) => errors > 0) ? 1 : 0;
};

function statsText(stats: DatasetStats): string {
  const { descriptionLength: length, names } = stats;
  const spread = (one: DatasetStats["descriptionLength"]) =>
    one === null ? "–" : [one.min, one.median, one.p95, one.max].map(formatQuantity).join(" / ");
  return [
    `${styled("bold", singleLine(stats.file))}: ${pluralize(stats.rows, "row")}, ${pluralize(stats.refusals, "refusal")}`,
    `description length, characters (min / median / p95 / max): ${spread(length)}`,
    `names: ${formatCount(names.count)}, ${formatCount(names.unique)} different, ${formatCount(names.hyphenated)} with a hyphen, ${formatCount(names.withDigits)} with digits; length ${spread(names.length)}`,
    ...(stats.labels === null
      ? []
      : [
          `labels: ${formatCount(stats.labels.safe)} safe, ${formatCount(stats.labels.harmful)} harmful, ${formatCount(stats.labels.unlabelled)} unlabeled`,
        ]),
    ...(stats.slices.length === 0
      ? []
      : [
          table(stats.slices, [
            { title: "slice", value: ({ slice }) => slice },
            { title: "split", value: ({ split }) => split },
            { title: "rows", align: "right", value: ({ rows }) => formatCount(rows) },
          ]),
        ]),
    `topics: ${stats.topics
      .slice(0, 15)
      .map(({ word, rows }) => `${singleLine(word)} ${formatCount(rows)}`)
      .join(", ")}`,
  ].join("\n");
}

export const stats: Handler = async (context, { arguments: [file = ""] }) => {
  const client = await context.client("any");
  const described = await client.dataset.stats({ file }, { signal: context.signal });
  context.print(described, () => statsText(described));
  return 0;
};

export const diff: Handler = async (context, { arguments: [before = "", after = ""] }) => {
  const client = await context.client("any");
  const changes = await client.dataset.diff({ before, after });
  context.print(changes, () =>
    [
      `${pluralize(changes.added.length, "row")} added, ${formatCount(changes.removed.length)} removed, ${formatCount(changes.changed.length)} changed`,
      ...changes.added.map(({ description }) => `+ ${truncate(singleLine(description), 90)}`),
      ...changes.removed.map(({ description }) => `- ${truncate(singleLine(description), 90)}`),
      ...changes.changed.map(({ description }) => `~ ${truncate(singleLine(description), 90)}`),
    ].join("\n"),
  );
  return 0;
};

const mappable = ["description", "suggestions", "label", "slice", "split", "group"] as const;

/** Parses `description=Text,suggestions=Names` into an object. Throws `Failure` `usage` for an invalid pair. */
function columnMap(text: string): { [column in (typeof mappable)[number]]?: string } {
  const pairs = text.split(",").map((pair) => {
    const at = pair.indexOf("=");
    const column = mappable.find((known) => known === pair.slice(0, at).trim());
    if (at < 1 || column === undefined || pair.slice(at + 1).trim() === "") {
      throw new Failure("usage", `--map contains an invalid pair: ${JSON.stringify(pair)}`, {
        hint: `Example: --map description=Text,suggestions=Names. The columns are ${mappable.join(", ")}.`,
      });
    }
    return [column, pair.slice(at + 1).trim()] as const;
  });
  return Object.fromEntries(pairs);
}

export const importFile: Handler = async (context, { arguments: [file = ""], options }) => {
  const client = await context.client("write");
  const report = await client.dataset.import({
    file,
    ...optionalText(options, "as"),
    ...(typeof options.map === "string" ? { map: columnMap(options.map) } : {}),
  });
  context.print(report, () =>
    [
      `${context.shortPath(report.file)}: ${pluralize(report.rows, "row")} from ${singleLine(report.source)}; ${pluralize(report.errors, "error")}, ${pluralize(report.warnings, "warning")}`,
      ...report.changes.map((change) => `  ${singleLine(change)}`),
    ].join("\n"),
  );
  return 0;
};

export const fix: Handler = async (context, { arguments: [file = ""] }) => {
  const client = await context.client("any");
  const report = await client.dataset.fix({ file });
  context.print(report, () =>
    [
      `${singleLine(report.file)}: ${pluralize(report.fixed.length, "repair")} applied; ${pluralize(report.errors, "error")} and ${pluralize(report.warnings, "warning")} remain`,
      ...report.fixed.map(
        ({ row, line, column, before, after }) =>
          `  row ${row}, line ${line}, ${column}: ${singleLine(before)} → ${singleLine(after)}`,
      ),
    ].join("\n"),
  );
  return 0;
};

export const spreadsheet: Handler = async (context, { arguments: [file = ""], options }) => {
  const client = await context.client("any");
  const report = await client.dataset.exportSpreadsheet({ file, out: String(options.out) });
  context.print(
    report,
    () =>
      `${context.shortPath(report.out)}: ${pluralize(report.rows, "row")} written, ${pluralize(report.neutralised, "formula cell")} converted to plain text`,
  );
  return 0;
};

export const generate: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const run = await client.augmentation.generate({
    rows: optionalNumber(options, "rows") ?? 100,
    refusals: optionalNumber(options, "refusals") ?? 10,
    omit: Array.isArray(options.omit) ? options.omit.map(String) : [],
    testSet: options.testSet === true,
    seed: optionalNumber(options, "seed") ?? 1,
    maxCalls: optionalNumber(options, "maxCalls"),
    maxCost: optionalNumber(options, "maxCost"),
  });
  const result = GenerationResultSchema.parse(await follow(context, client, run, "generate"));
  context.print(result, () => generatedText(result, context.shortPath(result.file)));
  return 0;
};

function generatedText(result: GenerationResult, file: string): string {
  const { labels } = result;
  return [
    `${file}: ${pluralize(result.written, "row")}, including ${formatCount(result.refusals)} to refuse; ${formatCount(result.rejected.length)} rejected`,
    table(result.slices, [
      { title: "slice", value: ({ slice }) => slice },
      { title: "rows", align: "right", value: ({ rows }) => formatCount(rows) },
    ]),
    ...(labels === null
      ? []
      : [
          `labels: ${formatCount(labels.confirmed)} confirmed by ${labels.judge}, ${formatCount(labels.review)} to review, ${formatCount(labels.unconfirmed)} unconfirmed`,
        ]),
    ...writerReportText(result),
  ].join("\n");
}
