import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readResults } from "../../../shared/domain/results/read.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import { DecisionSettingsSchema } from "../../../shared/schema/comparison.ts";
import {
  OperatingPointSchema,
  type OperatingRequest,
  OperatingRequestSchema,
} from "../../../shared/schema/operatingPoint.ts";
import { computeHere } from "../../workers/compute/computeHere.ts";
import { createCompute } from "../compute/compute.ts";
import { keepOtherThreshold } from "../evaluation/keepOtherThreshold.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { tinySample } from "../testing/tinySample.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import {
  configFile,
  describeWorkspace,
  initWorkspace,
  readConfig,
  type Workspace,
} from "../workspace/workspace.ts";
import { createOperatingPointService } from "./operatingPointService.ts";

const files = createFileLayer();
let workspace: Workspace;
/** The adapter hash of every version now; null: that of its results. */
let adapter: string | null;

beforeEach(async () => {
  adapter = null;
  const folder = await mkdtemp(path.join(tmpdir(), "operating point "));
  workspace = (await initWorkspace(files, path.join(folder, "space"), { fromSample: tinySample })).workspace;
  const results = path.join(tinySample, "data", "model_v2-results.csv");
  await files.copy(results, workspace.paths.results("v2"));
});
afterEach(() => rm(path.dirname(workspace.folder), { recursive: true, force: true }));

const service = () =>
  createOperatingPointService({
    files,
    workspace,
    compute: createCompute({ files, here: computeHere, launch: undefined }),
    hashes: async (versions) => {
      const { stamp } = await resultsIn(path.join(tinySample, "data", "model_v2-results.csv"));
      if (stamp === null) throw new Error("the sample's results have a stamp");
      return {
        baseHash: stamp.base,
        prompts: [{ name: "suggest", hash: stamp.prompt }],
        testSet: { hash: stamp.testSet },
        datasets: [],
        adapters: versions.map((version) => ({ version, hash: adapter ?? stamp.adapter ?? "" })),
      };
    },
  });
const resultsIn = async (file: string) => readResults(await files.read(file), file);
const resultsOf = (version: string) => resultsIn(workspace.paths.results(version));
const request = (asked: object = {}): OperatingRequest =>
  OperatingRequestSchema.parse({ version: "v2", ...asked });

/** Rewrites the results with their held-out rows changed by `change`. */
async function changeHeldout(change: (probability: number) => number): Promise<void> {
  const file = workspace.paths.results("v2");
  const { stamp, rows } = readResults(await files.read(file), file);
  const changed = rows.map((row) =>
    row.split === "heldout" ? { ...row, refusalProbability: change(row.refusalProbability ?? 0) } : row,
  );
  await files.writeAtomic(file, writeResults({ stamp, rows: changed }));
}

test("chooses on dev rows only", async () => {
  const before = await service().show(request());
  expect(OperatingPointSchema.safeParse(before).error).toBeUndefined();
  expect([before.rows, before.now.from]).toEqual(["dev", "workspace"]);
  await changeHeldout((probability) => 1 - probability);
  const after = await service().show(request());
  // The rewritten file is another one, with a seal of its own.
  const { results, warnings } = before;
  expect({ ...after, results, warnings }).toEqual(before);
});

test("applies the threshold as the version's own, and keeps those of other versions", async () => {
  const asked = request({ costs: { falseNegative: 20, falsePositive: 1 }, harmfulShare: 0.1 });
  const { choice, now, results } = await service().apply(asked);
  expect(now).toEqual({ threshold: choice.chosen?.threshold, from: "version" });
  const point = {
    threshold: choice.chosen?.threshold,
    costs: asked.costs,
    harmfulShare: 0.1,
    chosenOn: {
      runId: results.runId,
      results: results.hash,
      adapter: (await resultsOf("v2")).stamp?.adapter,
    },
  };
  const saved = async () =>
    (await readConfig(files, path.join(workspace.folder, configFile))).operatingPoints;
  expect(await saved()).toEqual({ v2: point });
  await files.copy(workspace.paths.results("v2"), workspace.paths.results("v1"));
  await service().apply(request({ version: "v1" }));
  expect(await saved()).toMatchObject({ v1: {}, v2: point });
});

test("uses the workspace's costs and prevalence where none are asked for", async () => {
  const decision = DecisionSettingsSchema.parse({ costs: { falseNegative: 20 }, prevalence: 0.1 });
  await changeConfig(files, workspace, (config) => ({ ...config, decision }));
  const { choice } = await service().show(request());
  expect(choice).toMatchObject({ costs: { falseNegative: 20, falsePositive: 1 }, harmfulShare: 0.1 });
  const own = await service().show(request({ costs: { falseNegative: 2 }, harmfulShare: null }));
  expect(own.choice).toMatchObject({ costs: { falseNegative: 2 }, harmfulShare: own.choice.rowsShare });
});

test("warns about results of an earlier adapter, and refuses to apply a threshold from them", async () => {
  expect((await service().show(request())).warnings.map(({ code }) => code)).not.toContain("stale");
  adapter = "trained again";
  const { warnings, choice } = await service().show(request());
  expect(choice.chosen).not.toBeNull();
  expect(warnings.map(({ code }) => code)).toContain("stale");
  await expect(service().apply(request())).rejects.toMatchObject({
    code: "bad-value",
    message: expect.stringContaining("older adapter"),
  });
  expect(workspace.config.operatingPoints).toBeUndefined();
});

test("refuses to apply a threshold from results that were edited", async () => {
  const file = workspace.paths.results("v2");
  const text = writeResults(await resultsOf("v2"));
  await files.writeAtomic(file, text.split("\n").toSpliced(3, 1).join("\n"));
  await expect(service().apply(request())).rejects.toMatchObject({ code: "bad-value" });
  expect(workspace.config.operatingPoints).toBeUndefined();
});

test("warns about an applied point after the version was trained again", async () => {
  const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code);
  expect(codes(await service().apply(request()))).not.toContain("point-outdated");
  expect(codes(await service().show(request()))).not.toContain("point-outdated");
  adapter = "trained again";
  expect(codes(await service().show(request()))).toContain("point-outdated");
});

test("refuses to apply where no row has a refusal probability", async () => {
  const file = workspace.paths.results("v2");
  const { stamp, rows } = readResults(await files.read(file), file);
  const without = rows.map((row) => ({ ...row, refusalProbability: null }));
  await files.writeAtomic(file, writeResults({ stamp, rows: without }));
  expect((await service().show(request())).choice.chosen).toBeNull();
  await expect(service().apply(request())).rejects.toMatchObject({ code: "bad-value" });
  expect(workspace.config.operatingPoints).toBeUndefined();
});

test("results at another threshold are kept under a name of their own", async () => {
  const file = workspace.paths.results("v2");
  const text = await files.readText(file);
  await files.writeAtomic(workspace.paths.overrides("v2"), "row,name\n");
  const own = readResults(await files.read(file), file).stamp?.decoding.refusalThreshold ?? null;
  const folder = path.join(workspace.paths.runs, "new");
  await files.makeFolder(folder);
  const other = { decoding: { refusalThreshold: 0.0265 }, folder };
  await keepOtherThreshold(files, workspace, "v2", { decoding: { refusalThreshold: own }, folder });
  expect(await files.exists(file)).toBe(true);
  await keepOtherThreshold(files, workspace, "v2", other);
  const name = `v2@${own ?? "none"}`;
  expect((await describeWorkspace(files, workspace)).results).toEqual([name]);
  expect(await files.readText(workspace.paths.results(name))).toBe(text);
  expect(await files.readText(workspace.paths.overrides(name))).toBe("row,name\n");
  // The next results at the same two thresholds replace none that have this name.
  await files.writeAtomic(file, text.replace("\n", "\n\n"));
  const second = await files.readText(file);
  expect(await keepOtherThreshold(files, workspace, "v2", other)).toMatchObject({ code: "results-moved" });
  expect(await files.readText(workspace.paths.results(name))).toBe(text);
  expect(await files.readText(path.join(folder, "replaced-results.csv"))).toBe(second);
  expect(await files.exists(file)).toBe(false);
  await files.remove(workspace.paths.overrides(name));
  await files.remove(workspace.paths.overrides("v2"));
  expect((await service().show(request({ version: name }))).version).toBe(name);
});
