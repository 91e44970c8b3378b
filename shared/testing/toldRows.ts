import type { NamedResults } from "../domain/comparison/namedResults.ts";
import type { ResultRow, Stamp } from "../schema/result.ts";
import { exampleRow, exampleStamp } from "./resultsExample.ts";

const five = ["river-bakery", "my-bread", "ovenhub", "thebread", "bread-oven"];

/** A row told by its label, its outcome and its names' score. */
export interface Told {
  readonly harmful?: boolean;
  readonly refused?: boolean;
  readonly score?: number;
  readonly split?: "dev" | "heldout";
  readonly more?: Partial<ResultRow>;
}

function row(told: Told, index: number): ResultRow {
  const score = told.score ?? 0.5 + (index % 5) / 10;
  return {
    ...exampleRow,
    row: index + 1,
    group: String(index + 1),
    description: `business ${index}`,
    slice: told.harmful ? "wildlife" : "everyday",
    label: told.harmful ? "harmful" : "safe",
    split: told.split ?? "heldout",
    ...(told.refused
      ? { outcome: "refused" }
      : {
          names: five,
          scores: told.harmful
            ? null
            : five.map((name, place) => ({ index: place, name, category: "good", score, likert: null })),
        }),
    ...told.more,
  };
}

export const file = (rows: readonly Told[], stamp: Partial<Stamp> = {}): NamedResults => ({
  name: stamp.version ?? "v1",
  results: { stamp: { ...exampleStamp, ...stamp }, rows: rows.map(row) },
});

export const many = (n: number, told: Told): Told[] => new Array<Told>(n).fill(told);
