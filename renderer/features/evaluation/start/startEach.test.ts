import { expect, test } from "vitest";
import { startEach } from "./startEach.ts";

/** Starts every version except these. */
const except =
  (...refused: string[]) =>
  async (version: string) => {
    if (refused.includes(version)) throw new Error(`${version} can't be started`);
    return `run of ${version}`;
  };

test("startEach starts all versions in order", async () => {
  expect(await startEach(["v1", "v2"], except())).toEqual({
    runs: ["run of v1", "run of v2"],
    failure: null,
  });
});

test("startEach names the started and the remaining versions if one can't be started", async () => {
  const { runs, failure } = await startEach(["base", "v1", "v2", "v3"], except("v2"));
  expect(runs).toEqual(["run of base", "run of v1"]);
  expect(failure).toEqual({
    error: new Error("v2 can't be started"),
    title: "Started base and v1, but not v2 and v3",
    left: ["v2", "v3"],
  });
  expect((await startEach(["v1", "v2"], except("v2"))).failure?.title).toBe("Started v1, but not v2");
  expect((await startEach(["v1", "v2"], except("v1"))).failure?.title).toBe("Couldn't start the evaluation");
});
