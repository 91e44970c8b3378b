import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { datasetRows } from "../shared/domain/dataset/read.ts";
import { writeDataset } from "../shared/domain/dataset/write.ts";
import { failing, read, readText, run, runJson, start, temporaryFolder } from "./support/namewright.ts";

/** Small, because only the group matters here, not the quality. */
const settings = ["--version", "v1", "--seeds", "2", "--seed", "7", "--epochs", "1"];

let temporary: { folder: string; remove(): Promise<void> };
let cwd: string;

/** Keeps the header and one row in eight of a CSV without line breaks in its cells. */
async function thinned(file: string): Promise<void> {
  const [header, ...rows] = (await readText(file)).trimEnd().split("\n");
  const kept = rows.filter((_, index) => index % 8 === 0);
  await writeFile(file, `${[header, ...kept].join("\n")}\n`);
}

beforeAll(async () => {
  temporary = await temporaryFolder();
  cwd = path.join(temporary.folder, "seeds");
  await runJson("workspace init", [cwd, "--from-sample"], { cwd: temporary.folder });
  const dataset = path.join(cwd, "data", "dataset_v1.csv");
  const rows = datasetRows(await read(dataset), dataset);
  const refusals = rows.filter(({ suggestions }) => suggestions.length === 0).slice(0, 6);
  await writeFile(
    dataset,
    writeDataset([...rows.filter(({ suggestions }) => suggestions.length > 0).slice(0, 34), ...refusals]),
  );
  await thinned(path.join(cwd, "data", "test_set.csv"));
});
afterAll(() => temporary.remove());

const recordOf = async (version: string) =>
  JSON.parse(await readText(path.join(cwd, "models", `model_${version}`, "training.json"))) as {
    spec: { seed: number; datasetName: string };
  };

describe("a version with two seeds", () => {
  it("trains each seed as a version of its own, and a second call only what is missing", {
    timeout: 400_000,
  }, async () => {
    const killed = start(["train", ...settings], { cwd });
    await killed.saw(/train v1\.2: .*training/);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(await readdir(path.join(cwd, "models"))).toContain("model_v1.1");
    expect(await readdir(path.join(cwd, "models"))).not.toContain("model_v1.2");

    const again = await run(["train", ...settings, "--json"], { cwd });
    expect(again.stderr).toContain("v1.1 is already trained with seed 7");
    expect(again.stderr).toContain("v1.2: resuming run");
    // Nothing is replaced.
    expect(again.stderr).not.toContain("already has an adapter");
    expect(JSON.parse(again.stdout).runs).toMatchObject([
      { version: "v1.1", status: "succeeded", parity: { passed: true } },
      { version: "v1.2", status: "succeeded", parity: { passed: true } },
    ]);
    const [one, two] = [await recordOf("v1.1"), await recordOf("v1.2")];
    expect([one.spec, two.spec]).toMatchObject([
      { seed: 7, datasetName: "dataset_v1.csv" },
      { seed: 8, datasetName: "dataset_v1.csv" },
    ]);
    const { runs } = await runJson("runs list", [], { cwd });
    expect(runs.filter(({ kind }) => kind === "training")).toHaveLength(2);
    const { versions, datasets } = await runJson("workspace info", [], { cwd });
    expect({ versions, datasets }).toEqual({ versions: ["v1.1", "v1.2"], datasets: ["v1"] });
  });

  it("is evaluated and compared as one group", { timeout: 400_000 }, async () => {
    const early = await failing(["compare", "base", "v1"], { cwd });
    expect(early.code).toBe("missing");
    await runJson("eval", ["--version", "base", "--judge", "rule"], { cwd });
    const { runs } = await runJson("eval", ["--version", "v1", "--judge", "rule"], { cwd });
    expect(runs.map(({ version, status }) => [version, status])).toEqual([
      ["v1.1", "succeeded"],
      ["v1.2", "succeeded"],
    ]);
    const compared = await runJson("compare", ["base", "v1"], { cwd });
    expect(compared.seeds).toEqual({ baseline: [], candidate: ["v1.1", "v1.2"], note: null });
    expect(compared.candidate.name).toBe("v1");
    const alone = await Promise.all(
      ["v1.1", "v1.2"].map((version) => runJson("compare", ["base", version], { cwd })),
    );
    const accuracy = (one: typeof compared) => one.metrics.find(({ id }) => id === "accuracy");
    const values = alone.map((one) => accuracy(one)?.candidate ?? Number.NaN);
    expect(compared.n).toBe(alone[0]?.n);
    expect(accuracy(compared)?.candidate).toBeCloseTo(((values[0] ?? 0) + (values[1] ?? 0)) / 2, 9);
    expect(accuracy(compared)?.spread?.candidate).toMatchObject({
      seeds: 2,
      min: expect.closeTo(Math.min(...values), 9),
      max: expect.closeTo(Math.max(...values), 9),
    });
    const words = (await run(["compare", "base", "v1"], { cwd })).stdout;
    expect(words).toContain("seeds of v1");
    expect(words).toMatch(/SD \d\.\d{3}, \d\.\d{3} to \d\.\d{3}/);
    expect((await failing(["compare", "v1", "v1.2"], { cwd })).message).toContain(
      "can't compare v1 with itself",
    );
    // A command about one version says which ones there are.
    const analysed = await failing(["analyse", "--version", "v1"], { cwd });
    expect(analysed.hint).toContain("Choose one of v1.1, v1.2.");
    expect((await failing(["train", "--version", "v1.1", "--seeds", "2"], { cwd })).code).toBe("usage");
  });
});
