import { describeLookStatus } from "../../../../shared/domain/comparison/looks.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { labelWords, totalOf } from "../../../../shared/domain/report/labelWords.ts";
import type { PlannedClass, Rotation, TestSetPlan } from "../../../../shared/schema/heldout.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber } from "../options.ts";
import { singleLine, styled, table } from "../output.ts";

export const planTestSet: Handler = async (context, { options }) => {
  const client = await context.client("read");
  const planned = await client.heldout.plan({
    margin: optionalNumber(options, "margin") ?? undefined,
    discordant: optionalNumber(options, "discordant"),
    power: optionalNumber(options, "power") ?? undefined,
    looks: optionalNumber(options, "looks"),
  });
  context.print(planned, () => planText(planned, context.shortPath(planned.file)));
  return 0;
};

const orDash = (value: number | null) => (value === null ? "–" : formatNumber(value));

function planText(plan: TestSetPlan, file: string): string {
  const { margin, power, looks, alpha, classes, all, budgets, used } = plan;
  return [
    `${file}: ${pluralize(all.rows, "labeled held-out row")}${used === null ? "" : `; ${describeLookStatus(used)}`}`,
    `Plan: ${pluralize(looks, "look")}, each at level ${formatNumber(alpha, 4)}; margin ${formatNumber(margin)}, power ${formatNumber(power, 2)}`,
    "",
    table<PlannedClass>(classes, [
      { title: "class", value: ({ label }) => label },
      { title: "rows", align: "right", value: ({ rows }) => formatCount(rows) },
      { title: "rows needed", align: "right", value: ({ needed }) => formatCount(needed) },
      { title: "smallest margin", align: "right", value: ({ margin: shown }) => orDash(shown) },
      { title: "smallest difference", align: "right", value: ({ difference }) => orDash(difference) },
      { title: "discordant", align: "right", value: ({ discordant }) => formatNumber(discordant.share) },
      { title: "", value: (one) => sourceOf(one, plan.measuredOn) },
    ]),
    "smallest margin: what a guard could keep with these rows",
    "smallest difference: what the McNemar test could show",
    "discordant: share of rows on which two versions differ in being right",
    `Safety correctness over all rows: smallest difference ${orDash(all.difference)}`,
    withinText(plan),
    "",
    "Rows of each class that a number of looks needs, and the margin that the present rows keep",
    table(budgets, [
      { title: "looks", align: "right", value: (line) => formatCount(line.looks) },
      { title: "level", align: "right", value: (line) => formatNumber(line.alpha, 4) },
      { title: "harmful", align: "right", value: ({ needed }) => formatCount(needed.harmful) },
      { title: "safe", align: "right", value: ({ needed }) => formatCount(needed.safe) },
      { title: "margin, harmful", align: "right", value: (line) => orDash(line.margin.harmful) },
      { title: "margin, safe", align: "right", value: (line) => orDash(line.margin.safe) },
    ]),
  ].join("\n");
}

function sourceOf({ discordant }: PlannedClass, measuredOn: TestSetPlan["measuredOn"]): string {
  if (discordant.from === "given") return "given";
  if (discordant.from === "default" || measuredOn === null) return "assumed";
  const { baseline, candidate } = measuredOn;
  return `${baseline} and ${candidate}, ${pluralize(discordant.rows, "dev row")}`;
}

function withinText({ looksWithin, margin }: TestSetPlan): string {
  const kept = `keep a margin of ${formatNumber(margin)}`;
  return looksWithin === 0
    ? `The present rows are too few to ${kept}, even for one look.`
    : `The present rows ${kept} for up to ${pluralize(looksWithin, "look")}.`;
}

export const rotate: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const rotation = await client.heldout.rotate({
    rows: typeof options.rows === "string" ? options.rows : null,
    dryRun: options.dryRun === true,
  });
  context.print(rotation, () => rotationText(rotation, context.shortPath(rotation.file)));
  return rotation.problems.length > 0 ? 1 : 0;
};

/** The number of problems shown in text. `--json` prints all. */
const shownProblems = 40;

function rotationText(rotation: Rotation, file: string): string {
  const { written, retired, kept, added, problems, warnings, looks, evaluateAgain } = rotation;
  return [
    `${file}: ${written ? "rotated" : "not changed"}; before, ${describeLookStatus(looks)}`,
    `  ${labelWords(retired)} ${written ? "became" : "would become"} dev rows`,
    `  ${labelWords(added)} ${written ? "were" : "would be"} added as held-out rows`,
    ...(totalOf(kept) === 0 ? [] : [`  ${labelWords(kept)} that no look has used stay held out`]),
    ...warnings.map((warning) => `${styled("yellow", "warning")} ${warning}`),
    ...problems
      .slice(0, shownProblems)
      .map(
        ({ row, message }) =>
          `${styled("red", "problem")} ${row === null ? "" : `row ${row}: `}${singleLine(message)}`,
      ),
    ...(problems.length > shownProblems
      ? [`… and ${pluralize(problems.length - shownProblems, "more problem")}; --json lists all`]
      : []),
    ...(evaluateAgain.length === 0 ? [] : [`Evaluate again: ${evaluateAgain.join(", ")}`]),
  ].join("\n");
}
