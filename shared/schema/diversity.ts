import { z } from "zod";
import { Count, Positive, Unit } from "./numbers.ts";

/**
 * How many of `total` units are different ones (distinct-n). `share`: different ÷ total; it falls as a file grows.
 * `per400`: the expected share among 400 units drawn at random, which compares files of any size. Null: too few units.
 */
const DistinctSchema = z.strictObject({
  total: Count,
  different: Count,
  share: Unit.nullable(),
  per400: Unit.nullable(),
});
export type Distinct = z.infer<typeof DistinctSchema>;

/** A part of a whole as a count and a share; null: the whole is empty. */
const PartSchema = z.strictObject({ count: Count, share: Unit.nullable() });

/** Mean similarity (0–1) over `pairs` of names; null without a pair. `drawn`: of a seeded sample of the pairs. */
const SimilaritySchema = z.strictObject({ pairs: Count, mean: Unit.nullable(), drawn: z.boolean() });
export type Similarity = z.infer<typeof SimilaritySchema>;

/** A first or last piece of names, and how many names of at least two pieces have it there. */
const PiecesSchema = z.array(z.strictObject({ piece: z.string(), ...PartSchema.shape }));

/** What a dataset's names are like. */
const NameDiversitySchema = z.strictObject({
  count: Positive,
  /** Names that an earlier row, or the same row before them, has too. */
  repeated: PartSchema,
  /** Names by their word pieces, and by pairs of neighboring pieces. */
  pieces: DistinctSchema,
  piecePairs: DistinctSchema,
  /** Three-letter runs of the names without a hyphen. */
  joinedTrigrams: DistinctSchema,
  withinRow: SimilaritySchema,
  acrossRows: SimilaritySchema,
  /** Names that contain a whole word stem of their description. */
  copies: PartSchema,
  /** Names made of nothing but words of their description. */
  onlyCopies: PartSchema,
  /** The most frequent first and last pieces. */
  firstPieces: PiecesSchema,
  lastPieces: PiecesSchema,
  /** Names that begin with a listed first piece or end with a listed last piece. */
  templated: PartSchema,
});
export type NameDiversity = z.infer<typeof NameDiversitySchema>;

/** How varied the rows of a file are. `dataset diversity --json` prints one per file. */
export const DatasetDiversitySchema = z.strictObject({
  file: z.string(),
  rows: Count,
  refusals: Count,
  /** Rows that words, pieces and similarities were measured on: all, or a seeded sample of a large file. */
  measuredRows: Count,
  /** Rows whose description equals or nearly equals an earlier one. */
  nearDuplicates: PartSchema,
  words: DistinctSchema,
  wordPairs: DistinctSchema,
  /** Different content words, and the most common ones with their rows. */
  contentWords: Count,
  topics: z.array(z.strictObject({ word: z.string(), rows: Count })),
  /** Null: no row has names. */
  names: NameDiversitySchema.nullable(),
});
export type DatasetDiversity = z.infer<typeof DatasetDiversitySchema>;
