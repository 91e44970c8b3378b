import type { DatasetDiversity, Distinct, NameDiversity } from "../../schema/diversity.ts";
import { formatCount } from "../format/count.ts";
import { formatShare, undefinedValue } from "../format/number.ts";

/** One figure of a diversity report in words, as the terminal and the screen show it. */
export interface DiversityFigure {
  readonly name: string;
  readonly value: string;
}

const countsOf = (name: string, { different, total }: Distinct): DiversityFigure => ({
  name,
  value: `${formatCount(different)} of ${formatCount(total)}`,
});

function distinctFigures(units: string, distinct: Distinct): DiversityFigure[] {
  return [
    countsOf(`different ${units}`, distinct),
    { name: `distinct ${units}`, value: formatShare(distinct.share) },
    { name: `distinct ${units}, of 400`, value: formatShare(distinct.per400) },
  ];
}

/** The figures of a file's names in the order in which they are shown. */
export function nameFigures(names: NameDiversity): DiversityFigure[] {
  return [
    { name: "names", value: formatCount(names.count) },
    { name: "repeated names", value: formatShare(names.repeated.share) },
    ...distinctFigures("name pieces", names.pieces),
    ...distinctFigures("pairs of name pieces", names.piecePairs),
    ...distinctFigures("trigrams of joined names", names.joinedTrigrams),
    { name: "similarity within a row", value: formatShare(names.withinRow.mean) },
    { name: "similarity across rows", value: formatShare(names.acrossRows.mean) },
    { name: "names that copy a word", value: formatShare(names.copies.share) },
    { name: "names of copied words only", value: formatShare(names.onlyCopies.share) },
    { name: "names with a frequent first or last piece", value: formatShare(names.templated.share) },
  ];
}

/** The figures of a file's rows and descriptions in the order in which they are shown. */
export function descriptionFigures(diversity: DatasetDiversity): DiversityFigure[] {
  return [
    { name: "rows", value: formatCount(diversity.rows) },
    { name: "refusals", value: formatCount(diversity.refusals) },
    { name: "near-duplicate descriptions", value: formatShare(diversity.nearDuplicates.share) },
    ...distinctFigures("words", diversity.words),
    ...distinctFigures("pairs of words", diversity.wordPairs),
    { name: "different content words", value: formatCount(diversity.contentWords) },
  ];
}

/** One line per figure with the values of all files; "–" where a file has no names. */
export function diversityLines(files: readonly DatasetDiversity[]): { name: string; values: string[] }[] {
  const figures = files.map((file) => [
    ...descriptionFigures(file),
    ...(file.names === null ? [] : nameFigures(file.names)),
  ]);
  const longest = figures.reduce<DiversityFigure[]>(
    (most, own) => (own.length > most.length ? own : most),
    [],
  );
  return longest.map(({ name }, at) => ({
    name,
    values: figures.map((own) => own[at]?.value ?? undefinedValue),
  }));
}
