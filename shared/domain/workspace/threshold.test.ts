import { expect, it } from "vitest";
import { ResultsNameSchema } from "../../schema/workspace.ts";
import { poolDecoding } from "../generation/bestOfPool.ts";
import {
  evaluationCommand,
  isAtOwnThreshold,
  resultsNameOf,
  variantOf,
  versionOfResults,
} from "./threshold.ts";

it("gives results at any threshold a valid name", () => {
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

it.each([
  ["v2", "namewright eval --version v2"],
  ["v2+pool@none", "namewright eval --version v2 --decoding best-of-pool --threshold none"],
  ["prompted+grammar@0.12", "namewright eval --version prompted+grammar --threshold 0.12"],
])("says how to create the results %s", (name, command) => {
  expect(evaluationCommand(name)).toBe(command);
});
