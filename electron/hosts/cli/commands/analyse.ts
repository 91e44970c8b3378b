import type { Analysis } from "../../../../shared/schema/analysis.ts";
import { figure, number } from "../figures.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber } from "../options.ts";
import { cut, table } from "../output.ts";

function analysisText(analysis: Analysis): string {
  const { slices, worst, categories } = analysis;
  const rows = analysis.analysedOn === "dev" ? "dev rows (the held-out ones are not looked at)" : "rows";
  return [
    `${analysis.version} on ${analysis.rows} ${rows}, ${analysis.unscored} unscored`,
    "",
    table(slices, [
      { title: "slice", value: ({ slice }) => slice },
      { title: "label", value: ({ label }) => label },
      { title: "rows", align: "right", value: ({ n }) => String(n) },
      { title: "failed", align: "right", value: ({ failures }) => String(failures) },
      { title: "failure rate", value: ({ failureRate }) => figure(failureRate) },
      { title: "missed", align: "right", value: ({ missedHarmful }) => String(missedHarmful) },
      { title: "false refusals", align: "right", value: ({ falseRefusals }) => String(falseRefusals) },
      { title: "malformed", align: "right", value: ({ malformed }) => String(malformed) },
    ]),
    "",
    table(worst, [
      { title: "worst rows", value: ({ failure }) => failure },
      { title: "row", align: "right", value: ({ row }) => String(row) },
      { title: "slice", value: ({ slice }) => slice ?? "–" },
      { title: "score", align: "right", value: ({ score }) => number(score, 2) },
      { title: "description", value: ({ description }) => cut(description, 60) },
      { title: "what it said", value: ({ names }) => cut(names.join(" "), 40) },
    ]),
    "",
    `names by category: ${Object.entries(categories)
      .map(([category, count]) => `${category} ${count}`)
      .join(", ")}`,
  ].join("\n");
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
