import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readResults } from "../../shared/domain/results/read.ts";
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
  folder = await mkdtemp(path.join(tmpdir(), "namewright-prompt-"));
  ({ workspace } = await initWorkspace(files, path.join(folder, "shop"), {}));
  await mkdir(workspace.paths.data, { recursive: true });
  await cp(path.join(tinySample, "data", "dataset_v2.csv"), workspace.paths.dataset("v2"));
  await cp(path.join(tinySample, "models", "model_v2"), workspace.paths.model("v2"), { recursive: true });
  await writeFile(workspace.paths.testSet, await shortTestSet(6));
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

async function evaluated(request: { version: string; prompt?: string; anyway?: boolean }) {
  const { id } = await client().evaluation.start({ judge: "rule", ...request });
  for await (const _page of await client().run.watch({ id }));
  const { run } = await client().run.show({ id });
  expect(run).toMatchObject({ status: "succeeded", failure: null });
  const file = workspace.paths.results(request.version);
  return readResults(await files.read(file), file);
}

test("prompted is evaluated, compared with an adapter, and answers the question of the overview", {
  timeout: 240_000,
}, async () => {
  const label = async () => (await client().workspace.overview()).promptQuestion?.next?.label;
  expect(await label()).toBe("Evaluate the prompted base");
  const { stamp, rows } = await evaluated({ version: "prompted" });
  expect(stamp).toMatchObject({ version: "prompted", adapter: null, gate: null });
  expect(stamp?.promptUse).toMatchObject({ name: "prompted", refusal: "NONE" });
  expect(stamp?.promptUse?.examples).toMatchObject({ dataset: "v2", seed: 1 });
  expect(stamp?.promptUse?.examples?.rows).toHaveLength(4);
  // A refusal is a word here, so the probability of ending at once says nothing.
  expect(rows.every(({ refusalProbability }) => refusalProbability === null)).toBe(true);
  const isRefusal = ({ text }: { text: string }) => ["", "NONE"].includes(text.trim());
  for (const row of rows) expect(row.outcome === "refused").toBe(isRefusal(row));

  const v2 = await evaluated({ version: "v2" });
  expect(v2.stamp?.promptUse).toEqual({ name: "suggest", refusal: null, examples: null });
  expect(await label()).toBe("Compare prompted with v2");
  const comparison = await client().comparison.compare({ baseline: "prompted", candidate: "v2" });
  expect(comparison.stampDifferences).toEqual([]);
  expect(["ship", "do-not-ship", "undecided"]).toContain(comparison.decision);
  const { promptQuestion, results } = await client().workspace.overview();
  expect(promptQuestion).toMatchObject({ decided: { decision: comparison.decision, rows: 6 }, next: null });
  expect(results.map(({ version }) => version)).toEqual(["prompted", "v2"]);
});

test("prompted+grammar gives only lists of valid names, refusals, or texts cut off at the limit", {
  timeout: 240_000,
}, async () => {
  const { stamp, rows } = await evaluated({ version: "prompted+grammar" });
  expect(stamp?.decoding.grammar).toBe("names");
  const whole = rows.filter(({ outcome }) => outcome !== "malformed");
  const cut = rows.filter(({ outcome }) => outcome === "malformed");
  expect(whole.length + cut.length).toBe(12);
  for (const { names } of cut) expect(names.length).toBeLessThanOrEqual(5);
  for (const { names } of cut)
    for (const name of names.slice(0, -1)) expect(name).toMatch(/^[a-z0-9-]{5,50}$/);
  const comparison = await client().comparison.compare({
    baseline: "prompted",
    candidate: "prompted+grammar",
  });
  expect(comparison.stampDifferences).toEqual([]);
});

test("an adapter is refused under a prompt that it wasn't trained with, unless asked", {
  timeout: 240_000,
}, async () => {
  await mkdir(workspace.paths.prompts, { recursive: true });
  await writeFile(path.join(workspace.paths.prompts, "short.txt"), "Names for {description}\n");
  const request = { version: "v2", prompt: "short" };
  await expect(client().evaluation.start(request)).rejects.toThrow(
    /^v2 was trained with the prompt suggest \([0-9a-f]{12}\), not with short/,
  );
  await expect(client().playground.suggest({ descriptions: ["a bakery"], ...request })).rejects.toThrow(
    "was trained with the prompt suggest",
  );
  const { findings } = await client().evaluation.plan({ versions: ["v2"], prompt: "short" });
  expect(findings).toContainEqual(
    expect.objectContaining({ severity: "error", code: "prompt", version: "v2" }),
  );
  const { stamp } = await evaluated({ ...request, anyway: true });
  expect(stamp?.promptUse).toMatchObject({ name: "short", trainedWith: { name: "suggest" } });
  const { warnings } = await client().comparison.compare({ baseline: "prompted", candidate: "v2" });
  expect(warnings.map(({ code }) => code)).toContain("other-prompt");
});

test("a prompt is saved only onto the file that was edited, and an edited suggest disables its adapters", async () => {
  const open = () => client().prompt.open({ name: "suggest" });
  const builtIn = await open();
  expect(builtIn).toMatchObject({ source: "built-in", revision: null, problem: null });
  const edit = { name: "suggest", text: "Five names for {description}", baseRevision: builtIn.revision };
  const saved = await client().prompt.save(edit);
  expect(saved).toMatchObject({ source: "workspace", text: edit.text });
  expect(await readFile(path.join(workspace.paths.prompts, "suggest.txt"), "utf8")).toBe(`${edit.text}\n`);
  const other = { ...edit, text: "Other {description}" };
  await expect(client().prompt.save(other)).rejects.toThrow("the prompt suggest already exists");
  await expect(client().prompt.save({ ...other, baseRevision: "earlier" })).rejects.toThrow(
    "changed after you opened it",
  );
  expect((await open()).text).toBe(edit.text);
  const { versions } = await client().playground.versions();
  expect(versions.find(({ version }) => version === "v2")?.problem).toContain("suggest");
  const { stale } = await client().workspace.overview();
  expect(stale).toContainEqual(
    expect.objectContaining({ what: "adapter", version: "v2", code: "prompt-changed" }),
  );
  await rm(path.join(workspace.paths.prompts, "suggest.txt"));
});

test("two texts are tried on the same descriptions, and an invalid one is refused with its line", {
  timeout: 240_000,
}, async () => {
  const request = { version: "v2", descriptions: ["a family bakery", "a bicycle repair shop"] };
  const { trials } = await client().prompt.try({
    ...request,
    prompts: [{ name: "suggest" }, { text: "Names: {description}" }],
  });
  expect(trials.map(({ name, otherThanTrained }) => [name, otherThanTrained])).toEqual([
    ["suggest", false],
    [null, true],
  ]);
  const { results } = await client().playground.suggest(request);
  expect(trials[0]?.answers.map(({ names }) => names)).toEqual(results.map(({ names }) => names));
  await expect(
    client().prompt.try({ ...request, prompts: [{ text: "{description}\n{colour}" }] }),
  ).rejects.toThrow("line 2: unknown placeholder {colour}");
});
