import { expect, test } from "vitest";
import { startEach } from "./startEach.ts";

/** Starts every version but these. */
const butNot =
  (...refused: string[]) =>
  async (version: string) => {
    if (refused.includes(version)) throw new Error(`${version} cannot be started`);
    return `run of ${version}`;
  };

test("all are started, in order", async () => {
  expect(await startEach(["v1", "v2"], butNot())).toEqual({
    runs: ["run of v1", "run of v2"],
    failure: null,
  });
});

test("where one cannot be started it is said which were and which are left", async () => {
  const { runs, failure } = await startEach(["base", "v1", "v2", "v3"], butNot("v2"));
  expect(runs).toEqual(["run of base", "run of v1"]);
  expect(failure).toEqual({
    error: new Error("v2 cannot be started"),
    title: "base and v1 were started; v2 and v3 were not",
    left: ["v2", "v3"],
  });
  expect((await startEach(["v1", "v2"], butNot("v2"))).failure?.title).toBe("v1 was started; v2 was not");
  expect((await startEach(["v1", "v2"], butNot("v1"))).failure?.title).toBe("Nothing was started");
});
