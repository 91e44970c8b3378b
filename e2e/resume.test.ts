import { appendFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileLayer } from "../electron/services/files/fileLayer.ts";
import { readJournal } from "../electron/services/run/journal.ts";
import { datasetRows } from "../shared/domain/dataset/read.ts";
import { writeDataset } from "../shared/domain/dataset/write.ts";
import { readResults } from "../shared/domain/results/read.ts";
import type { RunEvent } from "../shared/schema/run.ts";
import { read, run, runJson, type Started, start, temporaryFolder } from "./support/namewright.ts";

const files = createFileLayer();
/** Small, because only the equality with an uninterrupted run matters here, not the quality. */
const epochs = ["--epochs", "2"];

/** About forty rows of the sample, six of them refusals. */
async function makeSmall(dataset: string): Promise<void> {
  const rows = datasetRows(await read(dataset), dataset);
  const answers = rows.filter(({ suggestions }) => suggestions.length > 0).slice(0, 34);
  const refusals = rows.filter(({ suggestions }) => suggestions.length === 0).slice(0, 6);
  await writeFile(dataset, writeDataset([...answers, ...refusals]));
}

let temporary: { folder: string; remove(): Promise<void> };
const workspace = (name: string) => path.join(temporary.folder, name);

beforeAll(async () => {
  temporary = await temporaryFolder();
  for (const name of ["undisturbed", "killed"]) {
    await runJson("workspace init", [workspace(name), "--from-sample", "--name", "same"], {
      cwd: temporary.folder,
    });
    await makeSmall(path.join(workspace(name), "data", "dataset_v1.csv"));
  }
});
afterAll(() => temporary.remove());

/** Returns the only run of a kind in a workspace. */
async function onlyRun(cwd: string, kind: string) {
  const { runs } = await runJson("runs list", [], { cwd });
  const found = runs.filter((one) => one.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

async function adapterBytes(name: string): Promise<Record<string, string>> {
  const model = path.join(workspace(name), "models", "model_v1");
  const files = ["adapter/adapter_model.safetensors", "adapter/adapter_config.json", "adapter.gguf"];
  const bytes = await Promise.all(
    files.map(async (file) => (await read(path.join(model, file))).toString("base64")),
  );
  return Object.fromEntries(files.map((file, at) => [file, bytes[at] ?? ""]));
}

/** Returns the results without what must differ: the duration of each row and the run's id. */
async function resultsOf(name: string) {
  const file = path.join(workspace(name), "data", "model_v1-results.csv");
  const { stamp, rows } = readResults(await read(file), file);
  return { stamp: { ...stamp, runId: "" }, rows: rows.map((row) => ({ ...row, latencyMs: 0 })) };
}

const generatedIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.kind === "row" && event.key.startsWith("generated:") ? [event.key] : []));

/** Kills a program when the events of the newest run in its workspace meet a condition. */
async function killIn(
  cwd: string,
  { child, ended }: Started,
  isTime: (events: readonly RunEvent[]) => boolean,
): Promise<void> {
  const runs = path.join(cwd, "runs");
  const newest = async () => (await readdir(runs).catch(() => [])).sort().at(-1) ?? "none";
  for (;;) {
    const { entries } = await readJournal(files, path.join(runs, await newest(), "events.jsonl"));
    if (isTime(entries.map(({ event }) => event))) break;
    if (child.exitCode !== null) throw new Error("it ended before it was time to kill it");
    await wait(20);
  }
  child.kill("SIGKILL");
  await ended;
}

describe("an interrupted run", () => {
  it("resumes a killed training and gives the same adapter", {
    timeout: 400_000,
  }, async () => {
    const undisturbed = await run(["train", "--version", "v1", ...epochs], { cwd: workspace("undisturbed") });
    expect(undisturbed.stderr).toContain("parity gate");
    expect(undisturbed.code).toBe(0);

    const cwd = workspace("killed");
    const killed = start(["train", "--version", "v1", ...epochs], { cwd });
    // In the second epoch, after the checkpoint of the first.
    await killIn(cwd, killed, (events) => {
      const epoch = events.findIndex(
        (event) => event.kind === "trainer" && event.event.kind === "evaluation",
      );
      const later = epoch < 0 ? [] : events.slice(epoch);
      return later.filter((event) => event.kind === "trainer" && event.event.kind === "step").length >= 3;
    });
    const interrupted = await onlyRun(cwd, "training");
    expect(interrupted.status).toBe("interrupted");

    await runJson("runs resume", [interrupted.id], { cwd });
    expect((await onlyRun(cwd, "training")).status).toBe("succeeded");
    expect(await adapterBytes("killed")).toEqual(await adapterBytes("undisturbed"));
  });

  it("resumes a killed evaluation at the row where it stopped", { timeout: 300_000 }, async () => {
    await runJson("eval", ["--version", "v1"], { cwd: workspace("undisturbed") });

    const cwd = workspace("killed");
    const killed = start(["eval", "--version", "v1"], { cwd });
    await killIn(cwd, killed, (events) => generatedIn(events).length >= 50);
    const interrupted = await onlyRun(cwd, "evaluation");
    expect(interrupted.status).toBe("interrupted");
    // As after a power failure: the last line is incomplete.
    await appendFile(path.join(interrupted.folder, "events.jsonl"), '{"seq":9999,"at":"2026-1');

    const { result } = await runJson("runs resume", [interrupted.id], { cwd });
    expect(result).toMatchObject({ status: "succeeded", version: "v1" });
    const { events } = await runJson("runs show", [interrupted.id], { cwd });
    const generated = generatedIn(events.map(({ event }) => event));
    expect(generated).toHaveLength(360);
    expect(new Set(generated).size).toBe(360);
    expect(events.some(({ event }) => event.kind === "warning" && event.code === "journal-skipped")).toBe(
      true,
    );
    expect(await resultsOf("killed")).toEqual(await resultsOf("undisturbed"));
  });

  it("says how to resume after Ctrl-C, and resumes", { timeout: 200_000 }, async () => {
    const cwd = workspace("killed");
    const stopped = start(["eval", "--version", "base"], { cwd });
    await stopped.saw(/generating/);
    stopped.child.kill("SIGINT");
    const { code, stderr } = await stopped.ended;
    expect(code).toBe(130);
    const id = /namewright runs resume (\S+)/.exec(stderr)?.[1] ?? "";
    await runJson("runs resume", [id], { cwd });
    const { runs } = await runJson("runs list", [], { cwd });
    expect(runs.find((one) => one.id === id)?.status).toBe("succeeded");
  });
});
