import { expect, test } from "vitest";
import { ResultsNameSchema } from "../../schema/workspace.ts";
import { resultsNameOf } from "./threshold.ts";

test("results at any threshold have a valid name", () => {
  const nameAt = (threshold: number | null) => resultsNameOf("v2", threshold, 0.5);
  expect([0, 1, 0.12, 1e-7, null, 0.5].map(nameAt)).toEqual([
    "v2@0",
    "v2@1",
    "v2@0.12",
    "v2@0.0000001",
    "v2@none",
    "v2",
  ]);
  for (const threshold of [1e-25, 1e-20, 1 / 3, 0.0000012345678901234567, Number.MIN_VALUE, 1 - 2 ** -53])
    expect(ResultsNameSchema.safeParse(nameAt(threshold)).success).toBe(true);
});
