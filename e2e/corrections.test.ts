import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { templatePool } from "../shared/testing/templatePool.ts";
import { copyOfSample, failing, readText, runJson, temporaryFolder } from "./support/namewright.ts";

let temporary: { folder: string; remove(): Promise<void> };
let cwd: string;

beforeAll(async () => {
  temporary = await temporaryFolder();
  cwd = path.join(temporary.folder, "workspace");
  await copyOfSample(cwd);
  await writeFile(path.join(cwd, "data", "row_pool.csv"), templatePool());
});
afterAll(() => temporary.remove());

describe("corrections and reviews in the terminal", () => {
  it("estimates an evaluation", async () => {
    const planned = await runJson("plan", ["--version", "v1,v2", "--judge", "rule"], { cwd });
    expect(planned.versions.map(({ version, generations }) => [version, generations])).toEqual([
      ["v1", 360],
      ["v2", 360],
    ]);
    expect(planned.secondsBasis.kind).toBe("measured");
  });

  it("applies corrections to the figures of every command and removes them", async () => {
    const worst = async () =>
      (await runJson("analyse", ["--version", "v1", "--worst", "1"], { cwd })).worst[0];
    const before = await worst();
    const row = String(before?.row);
    const set = await runJson("correct", ["--version", "v1", "--row", row, "--label", "safe"], { cwd });
    expect(await readText(set.file)).toContain(",safe,");
    expect((await worst())?.row).not.toBe(before?.row);
    await runJson("correct", ["--version", "v1", "--row", row, "--label", "none"], { cwd });
    expect(await worst()).toEqual(before);
    expect(await failing(["correct", "--version", "v1", "--row", row], { cwd })).toMatchObject({
      exitCode: 2,
      code: "usage",
    });
  });

  it("writes rows for failures and accepts them one by one", async () => {
    const { worst } = await runJson("analyse", ["--version", "v2", "--worst", "2"], { cwd });
    const rows = worst.map(({ row }) => row).join(",");
    const words = ["--from", "v2", "--for-rows", rows, "--review", "--writer", "pool"];
    const proposed = await runJson("augment --review", words, { cwd });
    expect(proposed.proposed).toBe(10);
    const list = await runJson("review", [proposed.run, "--accept", "1,2", "--reject", "3", "--write"], {
      cwd,
    });
    expect(list.accepted).toMatchObject({ version: "v3", added: 2, rows: 232 });
    expect(list.proposals.map(({ decision }) => decision).slice(0, 4)).toEqual([
      "accepted",
      "accepted",
      "rejected",
      "open",
    ]);
  });
});
