import { expect, it } from "vitest";
import { ResultsNameSchema } from "../../schema/workspace.ts";
import { poolDecoding } from "../generation/bestOfPool.ts";
import { isAtOwnThreshold, resultsNameOf, variantOf, versionOfResults } from "./threshold.ts";

it.each([
  ["v2", "v2", 0.5],
  ["v2+pool", "v2", 0.5],
  ["v2@0.12", "v2", 0.12],
  ["v2+pool@none", "v2", null],
  ["prompted+grammar", "prompted+grammar", 0.5],
  ["prompted+grammar+pool@1", "prompted+grammar", 1],
])("names the results %s by version, decoding and threshold", (name, version, threshold) => {
  const mode = name.includes("+pool") ? poolDecoding.mode : "greedy";
  expect(resultsNameOf(variantOf(version, { mode }), threshold, 0.5)).toBe(name);
  expect(versionOfResults(name)).toBe(version);
  expect(isAtOwnThreshold(name)).toBe(!name.includes("@"));
  expect(ResultsNameSchema.safeParse(name).success).toBe(true);
});

it("refuses other variants", () => {
  for (const name of ["v2+other", "v2+pool+pool", "v2@0.1+pool", "+pool"])
    expect(ResultsNameSchema.safeParse(name).success).toBe(false);
});
