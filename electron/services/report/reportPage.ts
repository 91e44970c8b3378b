import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { validityWarnings } from "../../../shared/domain/comparison/validity.ts";
import { nameConfidence } from "../../../shared/domain/metrics/nameConfidence.ts";
import { scaleOf } from "../../../shared/domain/metrics/side.ts";
import { testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import { type Comparison, ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { NameConfidence } from "../../../shared/schema/nameConfidence.ts";
import type { ReportModel } from "../../../shared/schema/report.ts";
import {
  decisionSection,
  metricsTable,
  rowsApart,
  ruleTables,
  slicesTable,
  warningsSection,
} from "./comparisonSections.ts";
import { html, type Markup, nothing, trusted } from "./html.ts";
import { styles } from "./styles.ts";
import { stampsSection, type VersionFigures, versionSection, worstRowsSection } from "./versionSections.ts";

/** The SVG of every figure of a report. */
export interface ReportFigures {
  readonly versions: readonly VersionFigures[];
  readonly comparison: { readonly differences: string; readonly slices: string } | null;
}

export interface ReportContent {
  readonly model: ReportModel;
  /** The results that the report shows, in the order of the model's versions. */
  readonly sides: readonly NamedResults[];
  readonly figures: ReportFigures;
}

/** Identifies a file as one of our reports. */
const titleEnd = " · Namewright report</title>";

/** Renders the report as one HTML file that loads and runs nothing. All text from outside is escaped. */
export function reportPage({ model, sides, figures }: ReportContent): string {
  const { title, comparison, versions } = model;
  const worst = sides.at(-1);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}${trusted(titleEnd)}
<style>${trusted(styles)}</style>
</head>
<body><main>
<h1>${title}</h1>
<p class="lead">${comparison === null ? "One version. A decision needs a second version to compare." : "Candidate compared with baseline. Changes are candidate − baseline."}</p>
${comparison === null || figures.comparison === null ? warningsSection({ warnings: sides.flatMap(validityWarnings) }) : comparedSections(comparison, figures.comparison)}
<div class="pair">${versions.map((version, index) => {
    const drawn = figures.versions[index];
    const side = sides[index];
    if (drawn === undefined || side === undefined) return nothing;
    return versionSection(version, drawn, confidenceOf(side));
  })}</div>
${worst === undefined ? nothing : worstRowsSection(worst)}
${comparison === null ? nothing : rowsApart(comparison)}
${stampsSection(sides)}
</main></body>
</html>
`.text;
}

function confidenceOf({ results }: NamedResults): NameConfidence {
  return nameConfidence(testedRows(results), scaleOf(results), ComparisonSettingsSchema.parse({}));
}

/** Returns whether a file that begins with this text is one of our reports. */
export function isReportPage(begin: string): boolean {
  return begin.startsWith("<!doctype html>") && begin.includes(titleEnd);
}

function comparedSections(comparison: Comparison, figures: { differences: string; slices: string }): Markup {
  const on = comparison.decidedOn === "heldout" ? "Held-out rows" : "All rows";
  const dev = comparison.splits?.dev;
  return html`${decisionSection(comparison)}${warningsSection(comparison)}
<h2>What changed</h2>
<div class="pair"><figure>${trusted(figures.differences)}</figure>
${metricsTable(on, comparison)}</div>
${dev === undefined ? nothing : html`<details><summary>The same figures on the dev rows (not used for the decision)</summary>${metricsTable("Dev rows", dev)}</details>`}
${ruleTables(comparison)}
<h2>By slice</h2>
<div class="pair"><figure>${trusted(figures.slices)}</figure>
${slicesTable(comparison)}</div>
`;
}
