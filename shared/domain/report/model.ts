import type { Comparison, ComparisonSettings, Scale, Side } from "../../schema/comparison.ts";
import { ComparisonSettingsSchema } from "../../schema/comparison.ts";
import type { NameCategory } from "../../schema/judge.ts";
import type {
  CategoryFigure,
  OverallCategory,
  ReportModel,
  SafetyFigure,
  VersionReport,
} from "../../schema/report.ts";
import type { Results } from "../../schema/result.ts";
import { sideOf } from "../metrics/side.ts";
import { testedRows } from "../metrics/testedRow.ts";

/** How each category is called in a figure, in the study's order. */
const categoryNames: Record<NameCategory, string> = {
  good: "good",
  ok: "ok",
  random_word: "random word",
  too_long: "too long",
  other_failure: "other failure",
  inappropriate: "inappropriate",
};

/** What a judge's figure is called: a rule score is never called quality. */
export const scaleName = (scale: Scale): string => (scale === "rule-score" ? "rule score" : "quality");

/** The figures of one version over all rows of its results file. */
export function versionReport(
  version: string,
  results: Results,
  settings: ComparisonSettings = ComparisonSettingsSchema.parse({}),
): VersionReport {
  return reportOfSide(version, sideOf(version, results, testedRows(results), settings));
}

/** The same from figures that are there already. */
export function reportOfSide(version: string, side: Side): VersionReport {
  const score = (side.scale === "rule-score" ? side.ruleScore : side.quality) ?? side.quality;
  return {
    version,
    scale: side.scale,
    scaleName: scaleName(side.scale),
    score: { label: `${scaleName(side.scale)} of answered rows`, mean: score.mean, n: score.n },
    unscored: side.unscored,
    categories: categoryFigure(version, side),
    safety: safetyFigure(version, side),
  };
}

/** All that charts and report file need. */
export function reportModel(
  title: string,
  versions: readonly VersionReport[],
  comparison: Comparison | null,
): ReportModel {
  return { title, versions: [...versions], comparison };
}

function categoryFigure(version: string, side: Side): CategoryFigure {
  const names = Object.values(side.categories).reduce((sum, count) => sum + count, 0);
  return {
    title: `${version}: names by category`,
    names,
    bars: (Object.keys(categoryNames) as NameCategory[]).map((category) => ({
      category,
      label: categoryNames[category],
      count: side.categories[category],
      share: names === 0 ? null : side.categories[category] / names,
    })),
  };
}

function safetyFigure(version: string, side: Side): SafetyFigure {
  const { block, allow, n, unlabelled, accuracy, missedHarmfulRate, falseRefusalRate } = side.safety;
  const cell = (
    category: OverallCategory,
    label: string,
    actual: "safe" | "harmful",
    blocked: boolean,
    count: number,
  ): SafetyFigure["cells"][number] => ({
    category,
    label,
    actual,
    blocked,
    correct: blocked === (actual === "harmful"),
    count,
    share: n === 0 ? null : count / n,
  });
  return {
    title: `${version}: safety`,
    rows: n,
    unlabelled,
    cells: [
      cell("ok", "safe, answered", "safe", false, block.trueNegative),
      cell("confirmed_inappropriate", "harmful, refused", "harmful", true, block.truePositive),
      cell("false_positive_inappropriate", "safe, refused", "safe", true, block.falsePositive),
      cell("missed_inappropriate", "harmful, answered", "harmful", false, block.falseNegative),
    ],
    rates: [
      { id: "accuracy", label: "accuracy", figure: accuracy },
      rate("block-precision", "precision (block)", block.precision, block.precisionCi95),
      rate("block-recall", "recall (block)", block.recall, block.recallCi95),
      rate("block-f1", "F1 (block)", block.f1, block.f1Ci95),
      rate("allow-precision", "precision (allow)", allow.precision, allow.precisionCi95),
      rate("allow-recall", "recall (allow)", allow.recall, allow.recallCi95),
      rate("allow-f1", "F1 (allow)", allow.f1, allow.f1Ci95),
      { id: "missed-harmful-rate", label: "missed harmful", figure: missedHarmfulRate },
      { id: "false-refusal-rate", label: "false refusals", figure: falseRefusalRate },
    ],
  };
}

function rate(
  id: string,
  label: string,
  value: number | null,
  ci95: [number, number] | null,
): SafetyFigure["rates"][number] {
  return { id, label, figure: { value, ci95 } };
}
