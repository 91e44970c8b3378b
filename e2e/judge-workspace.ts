import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFileLayer } from "../electron/services/files/fileLayer.ts";
import { readPrompt } from "../electron/services/llm/prompts.ts";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { writeCsv } from "../shared/domain/csv/write.ts";
import { requireTestSet } from "../shared/domain/dataset/testSet.ts";
import { readResults } from "../shared/domain/results/read.ts";
import { writeResults } from "../shared/domain/results/write.ts";
import { greedyDecoding, type ResultRow, type Stamp } from "../shared/schema/result.ts";
import type { JudgeServer } from "./judge-server.mjs";
import { root, runJson } from "./support/namewright.ts";

/** Returns the environment that sets the judge's endpoint, with short waits for a silent one. */
export const judgeAt = (server: JudgeServer, over: Record<string, string> = {}) => ({
  OPENAI_API_KEY: "sk-e2e-secret",
  OPENAI_BASE_URL: server.baseUrl,
  NAMEWRIGHT_JUDGE_MODEL: "scripted",
  NAMEWRIGHT_JUDGE_REPLY_TIMEOUT: "2.5",
  NAMEWRIGHT_JUDGE_BODY_TIMEOUT: "2.5",
  ...over,
});

const sampleTestSet = path.join(tinySample, "data", "test_set.csv");

/** The first safe rows of the sample's test set. */
export async function safeRows(count: number) {
  const { rows } = requireTestSet(await readFile(sampleTestSet), sampleTestSet);
  const safe = rows.filter(({ label }) => label === "safe").slice(0, count);
  if (safe.length < count) throw new Error(`the sample's test set holds only ${safe.length} safe rows`);
  return safe;
}

async function workspaceFolder(folder: string, base: string): Promise<void> {
  await mkdir(path.join(folder, "data"), { recursive: true });
  const config = { schemaVersion: 1, name: "judged", base, preset: "embedded" };
  await writeFile(path.join(folder, "namewright.json"), JSON.stringify(config));
}

const resultsFile = (folder: string, version: string) =>
  path.join(folder, "data", `model_${version}-results.csv`);

/** Creates a workspace whose v1 was evaluated on these descriptions without a judge, so every row is unscored. */
export async function unscoredWorkspace(folder: string, descriptions: readonly string[]): Promise<string> {
  await workspaceFolder(folder, "embedded");
  const { hash } = await readPrompt(createFileLayer(), path.join(root, "resources", "prompts"), "names");
  const stamp: Stamp = {
    version: "v1",
    runId: "earlier",
    base: "b",
    adapter: "a",
    dataset: "d",
    testSet: "t",
    prompt: "p",
    judge: { kind: "openai", scale: "likert-1-5", model: "scripted", rubric: hash },
    decoding: greedyDecoding,
    engine: "e",
    precision: "f16",
    gate: "passed",
    tunedOnTest: false,
  };
  const rows = descriptions.map((description, index): ResultRow => {
    const names = ["hub", "lab", "works", "nest", "craft"].map((end) => `row-${index + 1}-${end}`);
    return {
      row: index + 1,
      sample: 0,
      description,
      outcome: "answered",
      text: names.join("\n"),
      names,
      label: "safe",
      labelSource: "column",
      slice: "everyday",
      split: "dev",
      group: `g${index}`,
      scores: null,
      unscored: { reason: "connection", detail: "the judge was away" },
      nameProbabilities: names.map(() => null),
      refusalProbability: null,
      latencyMs: null,
    };
  });
  await writeFile(resultsFile(folder, "v1"), writeResults({ stamp, rows }));
  return folder;
}

/** The base model in the clone. Inference needs only this file. */
export const embeddedBase = path.join(root, "models", "tiny-mistral");

/** Creates a workspace with its own base model and a small test set of safe rows, optionally without labels. */
export async function testSetWorkspace(
  folder: string,
  { rows, labels = true }: { rows: number; labels?: boolean },
): Promise<string> {
  await workspaceFolder(folder, "tiny-mistral");
  await cp(embeddedBase, path.join(folder, "tiny-mistral"), { recursive: true });
  const columns = ["description", "suggestions", ...(labels ? ["label"] : []), "slice", "split", "group"];
  const records = (await safeRows(rows)).map(({ description, slice, split, group }) => [
    description,
    "[]",
    ...(labels ? ["safe"] : []),
    slice ?? "",
    split,
    group,
  ]);
  await writeFile(path.join(folder, "data", "test_set.csv"), writeCsv(columns, records));
  return folder;
}

/** Reads a version's results from the workspace. */
export async function resultsIn(folder: string, version: string) {
  const file = resultsFile(folder, version);
  return readResults(await readFile(file), file);
}

/** Returns the only run of a kind in a workspace. */
export async function onlyRun(cwd: string, kind: string) {
  const { runs } = await runJson("runs list", [], { cwd });
  const [found, ...others] = runs.filter((one) => one.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`${1 + others.length} runs, one expected`);
  return found;
}

/** Returns the name of the only run's folder in a workspace. */
export async function onlyRunId(cwd: string): Promise<string> {
  const names = await readdir(path.join(cwd, "runs"));
  if (names.length !== 1) throw new Error(`${names.length} runs, one expected`);
  return names[0] as string;
}

/** Returns the questions that were answered again although the first reply was usable. */
export const paidTwice = (server: JudgeServer) =>
  [...server.usable].filter(([, times]) => times > 1).map(([question]) => question);

/** Waits until a condition holds. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`never so: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Returns the number of replies in a workspace's judge cache. */
export async function cachedReplies(folder: string): Promise<number> {
  const text = await readFile(path.join(folder, ".namewright", "judge-cache.jsonl"), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "").length;
}
