import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readResults } from "../../shared/domain/results/read.ts";
import type { Results } from "../../shared/schema/result.ts";
import { createFileLayer } from "../services/files/fileLayer.ts";
import type { Services } from "../services/services.ts";
import { realServices } from "../services/testing/realServices.ts";
import { tinySample } from "../services/testing/tinySample.ts";
import { initWorkspace, type Workspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const files = createFileLayer();
let folder: string;
let workspace: Workspace;
let services: Services;

/** The first rows of both splits of the sample's test set. */
async function shortTestSet(rows: number): Promise<string> {
  const [header = "", ...lines] = (
    await readFile(path.join(tinySample, "data", "test_set.csv"), "utf8")
  ).split("\n");
  const of = (split: string) => lines.filter((line) => line.includes(`,${split},`)).slice(0, rows);
  return [header, ...of("dev"), ...of("heldout"), ""].join("\n");
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-pool-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "shop"), {}));
  await mkdir(workspace.paths.data, { recursive: true });
  await cp(path.join(tinySample, "data", "dataset_v1.csv"), workspace.paths.dataset("v1"));
  await cp(path.join(tinySample, "models", "model_v1"), workspace.paths.model("v1"), { recursive: true });
  await writeFile(workspace.paths.testSet, await shortTestSet(8));
  services = realServices(files, path.join(folder, "user"), workspace);
}, 120_000);
afterAll(async () => {
  try {
    await services.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const client = () => createRouterClient(createRouter(services), { context: {} });

async function evaluated(decoding: "greedy" | "best-of-pool", seed = 1): Promise<Results> {
  const { id } = await client().evaluation.start({ version: "v1", judge: "rule", decoding, seed });
  for await (const _page of await client().run.watch({ id }));
  const { run } = await client().run.show({ id });
  expect(run).toMatchObject({ status: "succeeded", failure: null });
  const file = workspace.paths.results(decoding === "greedy" ? "v1" : "v1+pool");
  return readResults(await files.read(file), file);
}

const textsOf = ({ rows }: Results) => rows.map(({ text }) => text);

test("v1+pool refuses as greedy v1 does, answers with five names by its seed, and compares with v1", {
  timeout: 400_000,
}, async () => {
  const greedy = await evaluated("greedy");
  const pooled = await evaluated("best-of-pool");
  expect(pooled.stamp?.version).toBe("v1");
  expect(pooled.stamp?.decoding).toMatchObject({
    mode: "best-of-pool",
    temperature: 0.8,
    samples: 1,
    seed: 1,
    pool: { k: 8, lambda: 0.7 },
  });
  expect(pooled.rows).toHaveLength(16);
  const refused = ({ rows }: Results) => rows.map(({ outcome }) => outcome === "refused");
  expect(refused(pooled)).toEqual(refused(greedy));
  const probabilities = ({ rows }: Results) => rows.map(({ refusalProbability }) => refusalProbability);
  expect(probabilities(pooled)).toEqual(probabilities(greedy));
  const answered = pooled.rows.filter(({ outcome }) => outcome === "answered");
  expect(answered.length).toBeGreaterThan(0);
  for (const { names, nameProbabilities } of answered) {
    expect(new Set(names).size).toBe(5);
    expect(nameProbabilities.every((one) => one !== null)).toBe(true);
  }
  for (const { outcome, names } of pooled.rows)
    if (outcome === "malformed") expect(names).not.toHaveLength(5);

  expect(textsOf(await evaluated("best-of-pool", 2))).not.toEqual(textsOf(pooled));
  expect(textsOf(await evaluated("best-of-pool"))).toEqual(textsOf(pooled));

  expect((await client().workspace.info()).results).toEqual(["v1", "v1+pool"]);
  const comparison = await client().comparison.compare({ baseline: "v1", candidate: "v1+pool" });
  expect(comparison.stampDifferences).toEqual([]);
  expect(["ship", "do-not-ship", "undecided"]).toContain(comparison.decision);
  expect(comparison.warnings.map(({ code }) => code)).toContain("best-of-pool");
  expect((await client().workspace.overview()).stale).toEqual([]);
});

test("suggest and the playground give the same best names for a seed, with and without the grammar", {
  timeout: 240_000,
}, async () => {
  const description = "Family bakery with sourdough bread";
  for (const grammar of ["none", "names"] as const) {
    const request = { decoding: "best-of-pool", grammar, seed: 3 } as const;
    const { results } = await client().playground.suggest({
      ...request,
      descriptions: [description],
      version: "v1",
    });
    expect(new Set(results[0]?.names.map(({ name }) => name)).size).toBe(5);
    expect(results[0]).toMatchObject({ refused: false, malformed: false, findings: [] });
    const done = [];
    for await (const event of await client().playground.stream({ ...request, description, versions: ["v1"] }))
      if (event.kind === "done") done.push(event.suggestion.names);
    expect(done).toEqual([results[0]?.names]);
  }
});
