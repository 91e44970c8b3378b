import { describeLook } from "../../../shared/domain/comparison/looks.ts";
import { formatCount, pluralize } from "../../../shared/domain/format/count.ts";
import {
  formatInterval,
  formatLevel,
  formatNumber,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import {
  decisionWords,
  guardNames,
  limitNames,
  primaryName,
  settingsWords,
} from "../../../shared/domain/report/decisionWords.ts";
import { reasonsAndLuck } from "../../../shared/domain/report/seedWords.ts";
import { verdictOf, verdictWords } from "../../../shared/domain/report/words.ts";
import type {
  ComparedRows,
  Comparison,
  Guard,
  Interval,
  Limit,
  MetricComparison,
  Primary,
} from "../../../shared/schema/comparison.ts";
import { html, type Markup, nothing, table } from "./html.ts";

/** Renders the decision and every reason for it. */
export function decisionSection(comparison: Comparison): Markup {
  const { decision, looks, n, decidedOn } = comparison;
  const rows = decidedOn === "heldout" ? "matched held-out row" : "matched row";
  const look = looks === null ? "" : ` ${sentenceCase(describeLook(looks))}.`;
  return html`<section class="card decision ${decision}">
<strong>${decisionWords[decision]}</strong>
${comparison.changedSettings.length === 0 ? nothing : html`<p>${settingsWords(comparison.changedSettings)}</p>`}
<p>${comparison.candidate.name} compared with ${comparison.baseline.name} on ${pluralize(n, rows)}.${look}</p>
<ul>${reasonsAndLuck(comparison).map((reason) => html`<li>${reason}</li>`)}</ul>
</section>
`;
}

/** Renders the warnings that a reader must know before trusting the figures. */
export function warningsSection({ warnings }: Pick<Comparison, "warnings">): Markup {
  if (warnings.length === 0) return nothing;
  return html`<h2>Warnings</h2>
<div class="card"><ul>${warnings.map(
    ({ code, message }) => html`<li><code>${code}</code> ${message}</li>`,
  )}</ul></div>
`;
}

function verdict(better: "higher" | "lower", change: number | null, ci95: Interval): Markup {
  const found = verdictOf(better, change, ci95);
  return found === "open" ? nothing : html`<span class="${found}">${verdictWords[found]}</span>`;
}

/** Renders every figure of both versions over the same rows. */
export function metricsTable(caption: string, rows: ComparedRows): Markup {
  return table<MetricComparison>(
    `${caption}, ${pluralize(rows.n, "matched row")}`,
    [
      { title: "figure", value: ({ name }) => name },
      { title: rows.baseline.name, align: "right", value: ({ baseline }) => formatNumber(baseline) },
      { title: rows.candidate.name, align: "right", value: ({ candidate }) => formatNumber(candidate) },
      { title: "change", align: "right", value: ({ change }) => formatSigned(change) },
      {
        title: "relative",
        align: "right",
        value: ({ relativeChange }) => formatSigned(relativeChange),
      },
      { title: "95 % interval", align: "right", value: ({ ci95 }) => formatSignedInterval(ci95) },
      { title: "p", align: "right", value: ({ p }) => formatP(p) },
      {
        title: "",
        value: ({ better, change, ci95, reason }) =>
          reason === undefined || (change !== null && ci95 !== null) ? verdict(better, change, ci95) : reason,
      },
    ],
    rows.metrics,
  );
}

/** Renders the tests and guards that the decision is based on. */
export function ruleTables({
  primaries,
  guards,
  limits,
  alpha,
  difference: { mcnemar },
}: Comparison): Markup {
  const rowsNeeded = (rows: number | null): string => (rows === null ? "–" : formatCount(rows));
  return html`${table<Primary>(
    `Primary outcomes: at least one must be better and none worse. p-values are Holm-adjusted; the level is ${formatNumber(alpha)}.`,
    [
      { title: "primary outcome", value: ({ id }) => primaryName(id, mcnemar) },
      { title: "difference", align: "right", value: ({ difference }) => formatSigned(difference) },
      { title: "p", align: "right", value: ({ p }) => formatP(p) },
      { title: "adjusted p", align: "right", value: ({ adjustedP }) => formatP(adjustedP) },
      { title: "rows for 80 % power", align: "right", value: ({ rowsNeeded: rows }) => rowsNeeded(rows) },
      { title: "verdict", value: ({ verdict: word }) => word.replaceAll("-", " ") },
    ],
    primaries,
  )}${table<Guard>(
    `Guards: the ${formatLevel(alpha)} interval of each change must stay within its margin, on at least 30 rows of its class.`,
    [
      { title: "guard", value: ({ id }) => guardNames[id] },
      { title: "rows", align: "right", value: ({ rows }) => formatCount(rows) },
      { title: "margin", align: "right", value: ({ margin }) => formatSigned(margin) },
      { title: "difference", align: "right", value: ({ difference }) => formatSigned(difference) },
      { title: "95 % interval", align: "right", value: ({ ci95 }) => formatSignedInterval(ci95) },
      ...(alpha === 0.05
        ? []
        : [
            {
              title: `${formatLevel(alpha)} interval`,
              align: "right" as const,
              value: ({ interval }: Guard) => formatSignedInterval(interval),
            },
          ]),
      { title: "rows needed", align: "right", value: ({ rowsNeeded: rows }) => rowsNeeded(rows) },
      {
        title: "verdict",
        value: ({ verdict: word, reason }) =>
          reason === undefined || word === "no-part"
            ? (reason ?? word)
            : `${word.replaceAll("-", " ")}: ${reason}`,
      },
    ],
    guards,
  )}${limits.length === 0 ? nothing : limitsTable(limits)}`;
}

function limitsTable(limits: readonly Limit[]): Markup {
  return table<Limit>(
    "Limits: the candidate's own figures.",
    [
      { title: "limit on", value: ({ id }) => limitNames[id] },
      { title: "rows", align: "right", value: ({ rows }) => formatCount(rows) },
      { title: "limit", align: "right", value: ({ limit }) => formatNumber(limit) },
      { title: "value", align: "right", value: ({ value }) => formatNumber(value) },
      { title: "95 % interval", align: "right", value: ({ ci95 }) => formatInterval(ci95) },
      {
        title: "verdict",
        value: ({ verdict: word, reason }) => (reason === undefined ? word : `${word}: ${reason}`),
      },
    ],
    limits,
  );
}

/** Renders safety correctness by slice. */
export function slicesTable({ slices, baseline, candidate }: ComparedRows): Markup {
  return table(
    "Safety correctness by slice",
    [
      { title: "slice", value: ({ slice }) => html`<span class="name">${slice}</span>` },
      { title: "n", align: "right", value: ({ n }) => formatCount(n) },
      { title: "harmful", align: "right", value: ({ harmful }) => formatCount(harmful) },
      { title: baseline.name, align: "right", value: (slice) => formatNumber(slice.baseline.value) },
      { title: candidate.name, align: "right", value: (slice) => formatNumber(slice.candidate.value) },
      { title: "change", align: "right", value: ({ difference }) => formatSigned(difference.value) },
      {
        title: "95 % interval",
        align: "right",
        value: ({ difference }) => formatSignedInterval(difference.ci95),
      },
      { title: "p", align: "right", value: ({ p }) => formatP(p) },
      { title: "", value: ({ difference }) => verdict("higher", difference.value, difference.ci95) },
    ],
    slices,
  );
}

const mostListed = 100;

/** Renders rows that the two files label differently and rows that only one file has. */
export function rowsApart(comparison: Comparison): Markup {
  const { labelFlips, onlyInBaseline, onlyInCandidate, baseline, candidate } = comparison;
  const only = (name: string, descriptions: readonly string[]): Markup =>
    descriptions.length === 0
      ? nothing
      : html`<details><summary>${pluralize(descriptions.length, "row")} only in ${name}</summary>
<div class="card"><ul>${descriptions
          .slice(0, mostListed)
          .map((description) => html`<li>${description}</li>`)}</ul>
${descriptions.length > mostListed ? html`<p class="note">and ${formatCount(descriptions.length - mostListed)} more</p>` : nothing}</div></details>
`;
  if (labelFlips.length + onlyInBaseline.length + onlyInCandidate.length === 0) return nothing;
  return html`<h2>Unmatched rows</h2>
${table(
  `${pluralize(labelFlips.length, "row has", "rows have")} different labels in the two files`,
  [
    { title: "description", value: ({ description }) => html`<span class="long">${description}</span>` },
    { title: baseline.name, value: (flip) => flip.baseline },
    { title: candidate.name, value: (flip) => flip.candidate },
  ],
  labelFlips,
)}${only(baseline.name, onlyInBaseline)}${only(candidate.name, onlyInCandidate)}`;
}
