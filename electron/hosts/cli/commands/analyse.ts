import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { scaleName } from "../../../../shared/domain/report/model.ts";
import type { Analysis } from "../../../../shared/schema/analysis.ts";
import type { NameConfidence } from "../../../../shared/schema/nameConfidence.ts";
import { figure } from "../figures.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber } from "../options.ts";
import { table, truncate } from "../output.ts";
import { warningLines } from "../warningLines.ts";

function analysisText(analysis: Analysis): string {
  const { slices, worst, categories } = analysis;
  const dev = analysis.analysedOn === "dev";
  const rows = pluralize(analysis.rows, dev ? "dev row" : "row");
  const scope = dev ? " (held-out rows are not used)" : "";
  return [
    `${analysis.version} on ${rows}${scope}, ${formatCount(analysis.unscored)} unscored`,
    ...warningLines(analysis.warnings),
    "",
    table(slices, [
      { title: "slice", value: ({ slice }) => slice },
      { title: "label", value: ({ label }) => label },
      { title: "rows", align: "right", value: ({ n }) => formatCount(n) },
      { title: "failed", align: "right", value: ({ failures }) => formatCount(failures) },
      { title: "failure rate", value: ({ failureRate }) => figure(failureRate) },
      { title: "missed", align: "right", value: ({ missedHarmful }) => formatCount(missedHarmful) },
      { title: "false refusals", align: "right", value: ({ falseRefusals }) => formatCount(falseRefusals) },
      { title: "malformed", align: "right", value: ({ malformed }) => formatCount(malformed) },
    ]),
    "",
    table(worst, [
      { title: "worst rows", value: ({ failure }) => failure },
      { title: "row", align: "right", value: ({ row }) => String(row) },
      { title: "slice", value: ({ slice }) => slice ?? "–" },
      { title: "score", align: "right", value: ({ score }) => formatNumber(score, 2) },
      { title: "description", value: ({ description }) => truncate(description, 60) },
      { title: "completion", value: ({ names }) => truncate(names.join(" "), 40) },
    ]),
    "",
    `names by category: ${Object.entries(categories)
      .map(([category, count]) => `${category} ${count}`)
      .join(", ")}`,
    "",
    ...confidenceText(analysis.nameConfidence),
  ].join("\n");
}

function confidenceText({ scale, names, rows, spearman, deciles }: NameConfidence): string[] {
  const score = scaleName(scale);
  const parts = deciles.map((decile, at) => ({ ...decile, part: at + 1 }));
  return [
    `probability of a name (per token) against its ${score}: Spearman ${figure(spearman)}, ${pluralize(names, "name")} of ${pluralize(rows, "row")}`,
    ...(parts.length === 0
      ? []
      : [
          table(parts, [
            { title: "tenth", align: "right", value: ({ part }) => formatCount(part) },
            { title: "names", align: "right", value: (part) => formatCount(part.names) },
            { title: "probability", align: "right", value: ({ probability }) => formatNumber(probability) },
            { title: score, align: "right", value: (part) => formatNumber(part.score) },
          ]),
        ]),
  ];
}

export const analyse: Handler = async (context, { options }) => {
  const client = await context.client("read");
  const analysis = await client.evaluation.analyse({
    version: String(options.version),
    worst: optionalNumber(options, "worst") ?? 10,
  });
  context.print(analysis, () => analysisText(analysis));
  return 0;
};
