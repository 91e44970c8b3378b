import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProgressFeed } from "../async/progressFeed.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { keptMerged, openMerged } from "./mergedGguf.ts";

const files = createFileLayer();
let folder: string;
let commands: string[][];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-merged-"));
  commands = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const trainer: Trainer = {
  async run(words) {
    commands.push([...words]);
    await writeFile(words.at(-1) ?? "", "GGUF");
  },
};

const stoppedTrainer: Trainer = {
  async run(words) {
    await writeFile(`${words.at(-1)}.partial`, "GG");
    throw new Error("stopped");
  },
};

const base = { folder: "/bases/tiny", hash: "b".repeat(64) };

const open = (mark: string, used: Trainer = trainer) =>
  openMerged(
    { files, trainer: used, progress: new ProgressFeed(), folder },
    base,
    { folder: `/models/${mark}`, hash: mark.repeat(64) },
    { precision: "q8_0", signal: new AbortController().signal },
  );

it("merges an adapter into its base once", async () => {
  const file = await open("a");
  expect(file).toBe(path.join(folder, `${"b".repeat(16)}-${"a".repeat(16)}-q8_0.gguf`));
  expect(await open("a")).toBe(file);
  const words = ["merge", "--base", base.folder, "--adapter", "/models/a", "--precision", "q8_0", "--gguf"];
  expect(commands.map((command) => command.slice(0, -1))).toEqual([words]);
  expect(await readdir(folder)).toEqual([path.basename(file)]);
});

it("leaves nothing of a merge that was stopped", async () => {
  await expect(open("a", stoppedTrainer)).rejects.toThrow("stopped");
  expect(await readdir(folder)).toEqual([]);
});

it("keeps only the newest files", async () => {
  const made: string[] = [];
  for (const [at, mark] of [..."0123456"].entries()) {
    const file = await open(mark);
    await utimes(file, 1000 + at, 1000 + at);
    made.push(path.basename(file));
  }
  expect((await readdir(folder)).sort()).toEqual(made.slice(-keptMerged));
});
