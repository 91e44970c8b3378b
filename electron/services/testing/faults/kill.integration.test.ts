import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { mulberry32 } from "../../../../shared/domain/random.ts";
import { createFileLayer } from "../../files/fileLayer.ts";
import { findModelFolder } from "../../model/modelFolder.ts";
import { modelFiles } from "../../model/modelStore.ts";
import { keptFolder } from "../../model/replacedModel.ts";
import { recoverWorkspace } from "../../recovery/recovery.ts";
import { readJournal } from "../../run/journal.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { markedGate } from "./markedGate.ts";
import { study } from "./scenarios.ts";

/** Few by default and more on request, because starting a process takes time. */
const rounds = Number(process.env.NAMEWRIGHT_KILLS ?? 8);
const files = createFileLayer();
const marks = ["one", "two"];

/** The process to kill: it promotes two runs in turn, appends rows and reports each durable one. */
function busyScript(folder: string): string {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  return `
    import path from "node:path";
    import { createFileLayer } from ${url("../../files/fileLayer.ts")};
    import { createModelStore } from ${url("../../model/modelStore.ts")};
    import { JournalWriter, readJournal } from ${url("../../run/journal.ts")};
    import { openWorkspace } from ${url("../../workspace/workspace.ts")};
    const files = createFileLayer();
    const workspace = await openWorkspace(files, ${JSON.stringify(folder)}, false);
    const models = createModelStore(files, workspace, {});
    const file = path.join(workspace.paths.runs, "r1", "events.jsonl");
    const journal = await readJournal(files, file);
    const writer = new JournalWriter({ files, file, journal, now: () => new Date(), onEntry: () => {} });
    process.stdout.write("ready\\n");
    for (let turn = 0; ; turn += 1) {
      const key = process.pid + "." + turn;
      const row = writer.append({ kind: "row", key, data: { text: "träin 🙂".repeat(50) } });
      await models.promote("v1", path.join(workspace.paths.runs, turn % 2 === 0 ? "one" : "two"));
      await row;
      process.stdout.write(key + "\\n");
    }`;
}

/** Lets the process report some rows and work for a while, kills it, and returns the rows that it reported as durable. */
async function workAndKill(folder: string, rows: number, afterMs: number): Promise<string[]> {
  const words = ["--input-type=module", "--eval", busyScript(folder)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let output = "";
  let isTimed = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    // The first line is "ready".
    if (isTimed || output.split("\n").length - 2 < rows) return;
    isTimed = true;
    setTimeout(() => child.kill("SIGKILL"), afterMs);
  });
  await ended;
  return output.split("\n").slice(1, -1);
}

async function modelMarks(workspace: Workspace): Promise<string> {
  const folder = await findModelFolder(files, workspace, "v1");
  return folder === null ? "no model" : marksIn(folder);
}

/** Returns the marks of the replaced models, which no finished run has here. */
async function keptMarks(workspace: Workspace): Promise<string[]> {
  const folder = keptFolder(workspace);
  if (!(await files.exists(folder))) return [];
  return Promise.all((await files.list(folder)).map((name) => marksIn(path.join(folder, name))));
}

/** Returns the marks of a model's files; more than one for a mixture of models. */
async function marksIn(folder: string): Promise<string> {
  const parts = await Promise.all(modelFiles.map((name) => partOf(path.join(folder, name))));
  return [...new Set(parts)].join(" and ");
}

async function partOf(place: string): Promise<string> {
  const file = place.endsWith("adapter") ? path.join(place, "adapter_model.safetensors") : place;
  const text = await files.readText(file);
  return place.endsWith("gate.json") ? JSON.parse(text).engine.engine : text.slice(0, 3);
}

it(`kill -9 at ${rounds} random moments of promoting and journaling leaves the old or new model and loses no row`, {
  timeout: 30_000 + rounds * 10_000,
}, async () => {
  const parent = await mkdtemp(path.join(tmpdir(), "namewright kill "));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const workspace = await study(files, path.join(parent, "study"));
  for (const mark of marks) {
    for (const name of modelFiles) {
      const file = name === "adapter" ? path.join(name, "adapter_model.safetensors") : name;
      const text = name === "gate.json" ? markedGate(mark) : mark.repeat(2000);
      await files.writeAtomic(path.join(workspace.paths.runs, mark, file), text);
    }
  }
  const random = mulberry32(20_261_123);
  const reported: string[] = [];
  const recoveries: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Both models are promoted before the first kill, on a slow machine too.
    const rows = round === 0 ? marks.length : 0;
    reported.push(...(await workAndKill(workspace.folder, rows, Math.floor(random.next() * 600))));
    // Reads before and after the repair.
    if (reported.length > 0) expect(marks).toContain(await modelMarks(workspace));
    recoveries.push(...(await recoverWorkspace(files, workspace)));
    if (reported.length > 0) expect(marks).toContain(await modelMarks(workspace));
    const names = await readdir(workspace.paths.models);
    expect(
      names.filter((name) => name !== "model_v1" && name !== path.basename(keptFolder(workspace))),
    ).toEqual([]);
    // Each kept model is complete and kept once.
    const kept = await keptMarks(workspace);
    expect(marks).toEqual(expect.arrayContaining(kept));
    expect(new Set(kept).size).toBe(kept.length);
  }
  // No promoted model is lost.
  const promoted = reported.map((key) => marks[Number(key.split(".")[1]) % 2]);
  const reachable = [...(await keptMarks(workspace)), await modelMarks(workspace)];
  expect(reachable).toEqual(expect.arrayContaining(promoted));
  const { entries } = await readJournal(files, path.join(workspace.paths.runs, "r1", "events.jsonl"));
  const rows = entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
  expect(reported.length).toBeGreaterThan(0);
  expect(rows).toEqual(expect.arrayContaining(reported));
  expect(new Set(rows).size).toBe(rows.length);
  expect(await workspace.writing("afterwards", async () => "in")).toBe("in");
  process.stdout.write(
    `${rounds} kills, ${reported.length} rows reported durable, ${recoveries.length} leftovers repaired\n`,
  );
});
