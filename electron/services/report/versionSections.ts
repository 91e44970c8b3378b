import type { NamedResults } from "../../../shared/domain/comparison/namedResults.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import { formatInterval, formatNumber, formatShare } from "../../../shared/domain/format/number.ts";
import type { TestedRow } from "../../../shared/domain/metrics/testedRow.ts";
import { scaleName } from "../../../shared/domain/report/model.ts";
import { scaleWords } from "../../../shared/domain/report/words.ts";
import type { NameConfidence } from "../../../shared/schema/nameConfidence.ts";
import type { VersionReport } from "../../../shared/schema/report.ts";
import type { Stamp } from "../../../shared/schema/result.ts";
import { html, type Markup, nothing, table, trusted } from "./html.ts";
import { type WorstRows, worstRows } from "./worstRows.ts";

/** The SVG of a version's two figures. */
export interface VersionFigures {
  readonly categories: string;
  readonly safety: string;
}

/** Renders one version: its figures and the same numbers as tables. */
export function versionSection(
  report: VersionReport,
  figures: VersionFigures,
  confidence: NameConfidence,
): Markup {
  const { version, score, unscored, safety, categories } = report;
  return html`<section><h2>${version}</h2>
<p class="lead">Based on all rows of its results. Judged by ${scaleWords(report)}: ${score.label} ${formatNumber(score.mean)}, n ${formatCount(score.n)}; ${pluralize(unscored, "row")} unscored.</p>
<figure>${trusted(figures.safety)}</figure>
<figure>${trusted(figures.categories)}</figure>
<details><summary>${version}: the same data as tables</summary>
${table(
  `Safety matrix, ${pluralize(safety.rows, "labeled row")}, ${formatCount(safety.unlabelled)} unlabeled`,
  [
    { title: "cell", value: ({ label }) => label },
    { title: "name in the study", value: ({ category }) => html`<code>${category}</code>` },
    { title: "rows", align: "right", value: ({ count }) => formatCount(count) },
    { title: "share", align: "right", value: ({ share }) => formatShare(share) },
  ],
  safety.cells,
)}${table(
  "Rates with their 95 % intervals (positive class: block)",
  [
    { title: "rate", value: ({ label }) => label },
    { title: "value", align: "right", value: ({ figure }) => formatNumber(figure.value) },
    { title: "95 % interval", align: "right", value: ({ figure }) => formatInterval(figure.ci95) },
    { title: "", value: ({ figure }) => figure.reason ?? "" },
  ],
  safety.rates,
)}${table(
  `Names by category, ${pluralize(categories.names, "name")}`,
  [
    { title: "category", value: ({ label }) => label },
    {
      title: "names",
      align: "right",
      value: ({ count }) => (categories.names === 0 ? "–" : formatCount(count)),
    },
    { title: "share", align: "right", value: ({ share }) => formatShare(share) },
  ],
  categories.bars,
)}${confidencePart(confidence)}</details></section>
`;
}

function confidencePart({ scale, names, rows, spearman, deciles }: NameConfidence): Markup {
  const score = scaleName(scale);
  const interval = spearman.ci95 === null ? "" : ` ${formatInterval(spearman.ci95)}`;
  const reason = spearman.reason === undefined ? "" : ` (${spearman.reason})`;
  const parts = deciles.map((decile, at) => ({ ...decile, part: at + 1 }));
  return html`<p>Probability of a name per token against its ${score}: Spearman ${formatNumber(spearman.value)}${interval}${reason}, ${pluralize(names, "name")} of ${pluralize(rows, "row")}.</p>
${table(
  `Mean ${score} by tenth of the names, the least probable first`,
  [
    { title: "tenth", value: ({ part }) => formatCount(part) },
    { title: "names", align: "right", value: (part) => formatCount(part.names) },
    { title: "mean probability", align: "right", value: ({ probability }) => formatNumber(probability) },
    { title: `mean ${score}`, align: "right", value: (part) => formatNumber(part.score) },
  ],
  parts,
)}`;
}

const stampFields: readonly { field: string; of: (stamp: Stamp) => string | null }[] = [
  { field: "run", of: ({ runId }) => runId },
  { field: "base", of: ({ base }) => base },
  { field: "adapter", of: ({ adapter }) => adapter },
  { field: "dataset", of: ({ dataset }) => dataset },
  { field: "test set", of: ({ testSet }) => testSet },
  { field: "prompt", of: ({ prompt }) => prompt },
  { field: "prompt, filled in", of: ({ filledPrompt }) => filledPrompt ?? null },
  { field: "judge", of: ({ judge }) => [judge.kind, judge.model ?? "no model", judge.scale].join(", ") },
  { field: "rubric", of: ({ judge }) => judge.rubric },
  {
    field: "decoding",
    of: ({ decoding: { mode, temperature, samples, maxTokens, seed, pool } }) =>
      [
        mode,
        ...(pool === undefined ? [] : [`${pluralize(pool.k, "completion")}, λ ${pool.lambda}`]),
        `temperature ${temperature}`,
        pluralize(samples, "sample"),
        `at most ${pluralize(maxTokens, "token")}`,
        `seed ${seed}`,
      ].join(", "),
  },
  { field: "grammar", of: ({ decoding }) => decoding.grammar },
  { field: "refusal threshold", of: ({ decoding }) => decoding.refusalThreshold?.toString() ?? null },
  { field: "refusal threshold chosen by", of: ({ thresholdFrom }) => thresholdFrom ?? null },
  { field: "engine", of: ({ engine }) => engine },
  { field: "precision", of: ({ precision }) => precision },
  { field: "parity gate", of: ({ gate }) => gate },
  { field: "tuned on the test set", of: ({ tunedOnTest }) => (tunedOnTest ? "yes" : "no") },
];

/** Renders everything the results depend on, side by side. Differences are marked by word and tint. */
export function stampsSection(sides: readonly NamedResults[]): Markup {
  const rows = stampFields.map(({ field, of }) => ({
    field,
    values: sides.map(({ results }) => (results.stamp === null ? "no stamp" : (of(results.stamp) ?? "none"))),
  }));
  const differ = (values: readonly string[]): boolean => new Set(values).size > 1;
  return html`<h2>What the results depend on</h2>
${table(
  "Stamps (hashes are SHA-256)",
  [
    { title: "field", value: ({ field }) => field },
    ...sides.map(({ name }, index) => ({
      title: name,
      value: ({ values }: { values: readonly string[] }) =>
        html`<code${trusted(differ(values) ? ' class="differs"' : "")}>${values[index] ?? "–"}</code>`,
    })),
    ...(sides.length > 1
      ? [
          {
            title: "",
            value: ({ values }: { values: readonly string[] }) => (differ(values) ? "differs" : ""),
          },
        ]
      : []),
  ],
  rows,
)}`;
}

function saidWords({ samples }: TestedRow): string {
  const [first] = samples;
  if (first === undefined) return "–";
  switch (first.outcome) {
    case "refused":
      return "refused";
    case "malformed":
      return `malformed: ${first.text.slice(0, 300)}`;
    default:
      return first.names.join(", ");
  }
}

function scoreWords(row: TestedRow): string {
  if (!row.unscored) return formatNumber(row.answeredScore);
  const reason = row.samples.find(({ unscored }) => unscored !== null)?.unscored?.reason;
  return `unscored${reason === undefined ? "" : `: ${reason}`}`;
}

/** Renders the rows a version does worst on, as examples for the figures. */
export function worstRowsSection({ name, results }: NamedResults): Markup {
  const kinds = worstRows(results);
  const from =
    results.stamp === null
      ? "From all rows of the file."
      : "From the dev rows only, because reading held-out rows weakens the decision.";
  if (kinds.length === 0) return nothing;
  return html`<h2>Worst rows of ${name}</h2>
<p class="lead">${from}</p>
${kinds.map(worstTable)}`;
}

function worstTable({ title, count, rows }: WorstRows): Markup {
  const shown =
    rows.length < count
      ? `, the first ${formatCount(rows.length)} of ${formatCount(count)}`
      : `, ${pluralize(count, "row")}`;
  return table(
    `${title}${shown}`,
    [
      { title: "description", value: ({ description }) => html`<span class="long">${description}</span>` },
      { title: "slice", value: ({ slice }) => slice ?? "–" },
      { title: "model output", value: (row) => html`<span class="long">${saidWords(row)}</span>` },
      { title: "score", align: "right", value: scoreWords },
    ],
    rows,
  );
}
