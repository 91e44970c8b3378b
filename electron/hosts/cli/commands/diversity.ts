import path from "node:path";
import { diversityLines } from "../../../../shared/domain/dataset/diversityFigures.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatShare } from "../../../../shared/domain/format/number.ts";
import type { DatasetDiversity, NameDiversity } from "../../../../shared/schema/diversity.ts";
import type { Handler } from "../handler.ts";
import { singleLine, styled, table } from "../output.ts";

function piecesText(title: string, pieces: NameDiversity["firstPieces"]): string {
  const listed = pieces.map(({ piece, share }) => `${singleLine(piece)} ${formatShare(share)}`);
  return `  ${title}: ${listed.join(", ")}`;
}

/** The words that a file's rows have most often, which differ from file to file. */
function wordsText({ file, rows, measuredRows, topics, names }: DatasetDiversity): string[] {
  const common = topics
    .slice(0, 10)
    .map(({ word, rows: count }) => `${singleLine(word)} ${formatCount(count)}`);
  return [
    styled("bold", singleLine(file)),
    `  common words: ${common.join(", ")}`,
    ...(names === null
      ? []
      : [piecesText("first pieces", names.firstPieces), piecesText("last pieces", names.lastPieces)]),
    ...(measuredRows === rows
      ? []
      : [`  words, pieces and similarities are those of ${formatCount(measuredRows)} rows drawn at random`]),
  ];
}

/** One line per figure, one column per file. */
export function diversityText(files: readonly DatasetDiversity[]): string {
  return [
    table(diversityLines(files), [
      { title: "figure", value: ({ name }) => name },
      ...files.map((one, at) => ({
        title: singleLine(titleOf(one, files)),
        align: "right" as const,
        value: ({ values }: { values: string[] }) => values[at] ?? "",
      })),
    ]),
    ...files.flatMap(wordsText),
  ].join("\n");
}

/** A file's name, with its folder where another file has the same name. */
function titleOf({ file }: DatasetDiversity, files: readonly DatasetDiversity[]): string {
  const name = path.basename(file, ".csv");
  const alike = files.filter((one) => path.basename(one.file, ".csv") === name);
  return alike.length > 1 ? path.join(path.basename(path.dirname(path.resolve(file))), name) : name;
}

export const diversity: Handler = async (context, { arguments: files }) => {
  const client = await context.client("any");
  const measured: DatasetDiversity[] = [];
  for (const file of files)
    measured.push(await client.dataset.diversity({ file }, { signal: context.signal }));
  context.print({ files: measured }, () => diversityText(measured));
  return 0;
};
