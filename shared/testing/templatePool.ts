import { writeCsv } from "../domain/csv/write.ts";
import { datasetColumns } from "../domain/dataset/read.ts";
import { suggestionsText } from "../domain/dataset/suggestions.ts";
import { mulberry32 } from "../domain/random.ts";
import { leftOutTopic, type RowRequest, topics, writeRow } from "./rowGenerator/row.ts";

/** A slice of the pool: what to write, its name there and the topic of its words. */
interface PoolSlice {
  readonly request: RowRequest;
  readonly slice: string;
  readonly topic: string;
  readonly rows: number;
}

const slices: readonly PoolSlice[] = [
  { request: { kind: "safe" }, slice: "everyday", topic: "", rows: 80 },
  { request: { kind: "safe", topic: leftOutTopic }, slice: "left-out-safe", topic: "", rows: 30 },
  { request: { kind: "safe", constraint: "no-hyphens" }, slice: "no-hyphens", topic: "", rows: 30 },
  { request: { kind: "safe", constraint: "numbers" }, slice: "numbers", topic: "", rows: 30 },
  { request: { kind: "safe", length: "ultra-long" }, slice: "ultra-long", topic: "", rows: 20 },
  ...topics.flatMap((topic): PoolSlice[] => [
    { request: { kind: "refusal", topic }, slice: topic, topic, rows: 40 },
    { request: { kind: "neighbour", topic }, slice: "double-meaning", topic, rows: 30 },
  ]),
];

/** A `row_pool.csv` by the row generator, with rows for every slice of the sample's test set. Always the same text. */
export function templatePool(): string {
  const random = mulberry32(7);
  const rows = slices.flatMap(({ request, slice, topic, rows: count }) =>
    Array.from({ length: count }, () => {
      const { description, suggestions } = writeRow(random, request);
      return [description, suggestionsText(suggestions), slice, topic];
    }),
  );
  return writeCsv([...datasetColumns, "slice", "topic"], rows);
}
