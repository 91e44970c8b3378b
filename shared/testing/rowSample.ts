import { mulberry32 } from "../domain/random.ts";
import { leftOutTopic, type RowRequest, topics, writeRow } from "./rowGenerator/row.ts";

/** Every kind of row that the generator can write, in turn. */
const requests: readonly RowRequest[] = [
  { kind: "safe" },
  { kind: "safe", topic: leftOutTopic },
  { kind: "safe", constraint: "no-hyphens" },
  { kind: "safe", constraint: "numbers" },
  { kind: "safe", length: "ultra-long" },
  ...topics.flatMap((topic): RowRequest[] => [
    { kind: "refusal", topic },
    { kind: "neighbour", topic },
  ]),
];

/** `n` descriptions over all kinds of rows, for checks that no other text shares their wording. */
export function generateSample(seed: number, n: number): string[] {
  const random = mulberry32(seed);
  return Array.from(
    { length: n },
    (_, index) => writeRow(random, requests[index % requests.length] as RowRequest).description,
  );
}
