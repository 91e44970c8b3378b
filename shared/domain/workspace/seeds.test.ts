import { expect, test } from "vitest";
import { AdapterVersionSchema, ResultsNameSchema, VersionSchema } from "../../schema/workspace.ts";
import { seedRequests } from "../training/seedRequests.ts";
import { byVersion, datasetOf, groupsOf, isMember, memberResultsOf, membersOf } from "./seeds.ts";

test("names up to five members of a version", () => {
  for (const name of ["v2", "v2.1", "v2.5", "v12.3"])
    expect(AdapterVersionSchema.safeParse(name).success).toBe(true);
  for (const name of ["v2.0", "v2.6", "v2.10", "v2.", "v2.1.1", "base.1", "../v2.1"]) {
    expect(VersionSchema.safeParse(name).success).toBe(false);
  }
});

test("finds the dataset and the members of a version", () => {
  const versions = ["base", "v1", "v2.2", "v2.1", "v2.2", "v20.1", "v2"];
  expect(membersOf("v2", versions)).toEqual(["v2.1", "v2.2"]);
  expect(membersOf("v1", versions)).toEqual([]);
  expect(membersOf("v2.1", versions)).toEqual([]);
  expect(groupsOf(versions)).toEqual(["v2", "v20"]);
  expect(datasetOf("v2.1")).toBe("v2");
  expect(datasetOf("prompted+grammar")).toBe("prompted+grammar");
  expect([isMember("v2.1"), isMember("v2")]).toEqual([true, false]);
  expect(["v10", "v2.2", "v2", "v2.1"].sort(byVersion)).toEqual(["v2", "v2.1", "v2.2", "v10"]);
});

test("keeps results at another threshold apart from those at the version's own", () => {
  for (const name of ["v2.1@0.12", "v2.3@none", "v2@0.5", "base@0.12"])
    expect(ResultsNameSchema.safeParse(name).success).toBe(true);
  for (const name of ["v2@0.12.1", "v2.6@0.12", "v2.1@0.12@0.3"])
    expect(ResultsNameSchema.safeParse(name).success).toBe(false);
  const names = ["v1", "v2.1", "v2.2", "v2.1@0.12", "v3@0.12", "base@0.12"];
  expect(groupsOf(names)).toEqual(["v2", "v2@0.12"]);
  expect(names.filter(isMember)).toEqual(["v2.1", "v2.2", "v2.1@0.12"]);
  expect(membersOf("v2", names)).toEqual(["v2.1", "v2.2"]);
  expect(names.map(datasetOf)).toEqual(["v1", "v2", "v2", "v2", "v3", "base"]);
  // A seed that wasn't evaluated at the threshold is missing, instead of left out.
  expect(memberResultsOf("v2@0.12", names)).toEqual(["v2.1@0.12", "v2.2@0.12"]);
  expect(memberResultsOf("v2", names)).toEqual(["v2.1", "v2.2"]);
  for (const single of ["v1", "v3@0.12", "base@0.12", "v2.1", "v2.1@0.12"])
    expect(memberResultsOf(single, names)).toEqual([]);
  const results = ["v10", "v2.1@0.12", "v2.2", "v2.1"];
  expect(results.sort(byVersion)).toEqual(["v2.1", "v2.1@0.12", "v2.2", "v10"]);
});

test("trains the members with the seeds from the request's on", () => {
  const request = { version: "v2", seed: 4, epochs: null };
  expect(seedRequests(request, 3).map(({ version, seed }) => [version, seed])).toEqual([
    ["v2.1", 4],
    ["v2.2", 5],
    ["v2.3", 6],
  ]);
  expect(seedRequests(request, 1)).toEqual([request]);
  expect(() => seedRequests({ version: "v2.1", seed: 1 }, 2)).toThrow("v2.1 is one seed of a version");
  for (const seeds of [0, 6, 1.5]) expect(() => seedRequests(request, seeds)).toThrow("from 1 to 5");
});
