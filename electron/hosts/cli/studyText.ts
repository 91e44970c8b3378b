import { formatCount } from "../../../shared/domain/format/count.ts";
import {
  formatInterval,
  formatNumber,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { decisionWords } from "../../../shared/domain/report/decisionWords.ts";
import {
  failedCallsSentences,
  labelChoiceName,
  meaningOf,
  plannedAssumption,
  rowsQuestions,
  verdictSentence,
} from "../../../shared/domain/study/studyWords.ts";
import type { CorrectedFigure, PublishedFigure, StudyReading } from "../../../shared/schema/study.ts";
import { singleLine, styled, table } from "./output.ts";

function publishedTable(reading: StudyReading): string {
  const published = (side: "baseline" | "candidate" | "change") => (figure: PublishedFigure) =>
    (side === "change" ? formatSigned : formatNumber)(figure.published[side], figure.decimals);
  return table(reading.published, [
    { title: "published as", value: ({ name }) => name },
    { title: "v1", align: "right", value: published("baseline") },
    { title: "v2", align: "right", value: published("candidate") },
    { title: "change", align: "right", value: published("change") },
    { title: "what it is", value: (figure) => meaningOf(figure, reading) },
  ]);
}

function correctedTable({ corrected, comparison: { baseline, candidate } }: StudyReading): string {
  const side = (of: "baseline" | "candidate") => (figure: CorrectedFigure) => {
    const { value, ci95, n } = figure[of];
    return `${formatNumber(value)} ${formatInterval(ci95)} n ${formatCount(n)}`;
  };
  return table(corrected, [
    { title: "metric", value: ({ name }) => name },
    { title: baseline.name, value: side("baseline") },
    { title: candidate.name, value: side("candidate") },
    {
      title: "change",
      value: ({ change: { value, ci95, reason } }) =>
        `${formatSigned(value)} ${ci95 === null ? (reason ?? "") : formatSignedInterval(ci95)}`,
    },
    { title: "n", align: "right", value: ({ change: { n } }) => (n === null ? "–" : formatCount(n)) },
    { title: "p", align: "right", value: ({ change: { p } }) => formatP(p) },
  ]);
}

function labelTable(reading: StudyReading): string {
  const { baseline, candidate } = reading.comparison;
  return table(reading.labelChoices, [
    { title: "labels", value: (choice) => labelChoiceName(choice, reading) },
    { title: "rows", align: "right", value: ({ n }) => formatCount(n) },
    {
      title: `only ${baseline.name} correct`,
      align: "right",
      value: ({ onlyBaselineCorrect }) => formatCount(onlyBaselineCorrect),
    },
    {
      title: `only ${candidate.name} correct`,
      align: "right",
      value: ({ onlyCandidateCorrect }) => formatCount(onlyCandidateCorrect),
    },
    { title: "p", align: "right", value: ({ p }) => formatP(p) },
  ]);
}

function questionsTable(reading: StudyReading): string {
  return table(rowsQuestions(reading), [
    { title: "to show", value: ({ question }) => question },
    { title: "had", align: "right", value: ({ had }) => had },
    {
      title: "needed",
      align: "right",
      value: ({ needed }) => (needed === null ? "–" : formatCount(needed)),
    },
    { title: "", value: ({ rows }) => rows },
  ]);
}

/** Formats the re-read study: the verdict first, then what was published, and what its rows show. */
export function studyText(reading: StudyReading): string {
  const { comparison, source } = reading;
  return [
    styled(["bold"], "The study, re-read"),
    source === "stored"
      ? "From stored figures. `namewright study V1.csv V2.csv` computes them from the study's files."
      : `From ${comparison.baseline.name} and ${comparison.candidate.name}`,
    "",
    `${styled(["bold"], decisionWords[comparison.decision])}. ${verdictSentence(reading)}`,
    ...comparison.reasons.map((reason) => `  · ${reason}`),
    "",
    "What was published",
    publishedTable(reading),
    "",
    "What the rows show, with 95 % intervals",
    correctedTable(reading),
    "",
    "McNemar's exact test by the choice of labels",
    labelTable(reading),
    ...comparison.labelFlips.map(
      (flip) => `  ${flip.baseline} → ${flip.candidate}  ${singleLine(flip.description)}`,
    ),
    "",
    ...failedCallsSentences(reading),
    "",
    "Rows needed",
    questionsTable(reading),
    plannedAssumption(reading),
  ].join("\n");
}
