import type { DatasetRow } from "../../schema/dataset.ts";
import type { NameDiversity } from "../../schema/diversity.ts";
import { mulberry32 } from "../random.ts";
import { addWithPairs, DistinctCount } from "./distinctCount.ts";
import { copiesOnly, copiesStem, copyableWords, piecesOf } from "./namePieces.ts";
import { nameSimilarities, trigramsOf } from "./nameSimilarity.ts";

/** First and last pieces that are listed. */
const LISTED = 10;
/** Of the pairs of names that are drawn. */
const SEED = 1;

type Part = NameDiversity["copies"];

function partOf(count: number, whole: number): Part {
  return { count, share: whole === 0 ? null : count / whole };
}

/** A name with its pieces. */
interface Pieced {
  readonly name: string;
  readonly pieces: readonly string[];
}

/** The most frequent pieces at one end of the names that have at least two; ties by the alphabet. */
function frequentPieces(names: readonly Pieced[], end: 0 | -1): NameDiversity["firstPieces"] {
  const counts = new Map<string, number>();
  const several = names.filter(({ pieces }) => pieces.length > 1);
  for (const { pieces } of several) {
    const piece = pieces.at(end) ?? "";
    counts.set(piece, (counts.get(piece) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, LISTED)
    .map(([piece, count]) => ({ piece, ...partOf(count, several.length) }));
}

/** What the names of the measured rows are like, except for repeats, which are counted over all rows. */
export function nameDiversity(rows: readonly DatasetRow[]): Omit<NameDiversity, "count" | "repeated"> {
  const singles = new DistinctCount();
  const pairs = new DistinctCount();
  const joined = new DistinctCount();
  const names: Pieced[] = [];
  let copies = 0;
  let onlyCopies = 0;
  for (const { description, suggestions } of rows) {
    const words = copyableWords(description);
    for (const name of suggestions) {
      const pieces = piecesOf(name, words);
      names.push({ name, pieces });
      addWithPairs(pieces, singles, pairs);
      if (!name.includes("-")) for (const run of trigramsOf(name)) joined.add(run);
      if (copiesStem(name, words)) copies += 1;
      if (copiesOnly(name, words)) onlyCopies += 1;
    }
  }
  const firstPieces = frequentPieces(names, 0);
  const lastPieces = frequentPieces(names, -1);
  const firsts = new Set(firstPieces.map(({ piece }) => piece));
  const lasts = new Set(lastPieces.map(({ piece }) => piece));
  const templated = names.filter(
    ({ pieces }) => pieces.length > 1 && (firsts.has(pieces[0] ?? "") || lasts.has(pieces.at(-1) ?? "")),
  ).length;
  return {
    pieces: singles.distinct(),
    piecePairs: pairs.distinct(),
    joinedTrigrams: joined.distinct(),
    ...nameSimilarities(
      rows.map(({ suggestions }) => suggestions),
      mulberry32(SEED),
    ),
    copies: partOf(copies, names.length),
    onlyCopies: partOf(onlyCopies, names.length),
    firstPieces,
    lastPieces,
    templated: partOf(templated, names.length),
  };
}
