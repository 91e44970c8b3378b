import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { createFileLayer } from "../files/fileLayer.ts";
import type { RunNotice } from "../platform.ts";
import type { RunKindDefinition } from "./runKind.ts";
import { createRunService } from "./runService.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-notices-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const walking: RunKindDefinition<{ fail: boolean }, Record<string, never>> = {
  kind: "generation",
  spec: z.strictObject({ fail: z.boolean() }),
  result: z.strictObject({}),
  title: () => "walk",
  async body({ fail }, { emit }) {
    await emit({ kind: "stage", stage: "out of the door" });
    await emit({ kind: "progress", done: 1, total: 2, unit: "steps", etaSeconds: null });
    if (fail) throw new Error("fell");
    return {};
  },
};

const runsThat = (onRun: (notice: Omit<RunNotice, "workspace">) => void) =>
  createRunService({ files: createFileLayer(), runsFolder: folder, kinds: [walking], onRun });

it("sends a notice for each change of status and progress, with the reason for the end", async () => {
  const heard: Omit<RunNotice, "workspace">[] = [];
  const { result, run } = await runsThat((notice) => heard.push(notice)).start("generation", { fail: true });
  await expect(result).rejects.toThrow("fell");
  const facts = heard.map(({ run: { status, progress, reason }, held }) => [
    ...[status, progress?.done ?? null, reason],
    held,
  ]);
  expect(facts).toEqual([
    ["queued", null, null, true],
    ["running", null, null, true],
    ["running", 1, null, true],
    ["failed", 1, "fell", true],
    ["failed", 1, "fell", false],
  ]);
  expect(heard.every(({ run: { id, title } }) => id === run.id && title === "walk")).toBe(true);
});

it("doesn't end a run when the host fails to handle a notice", async () => {
  const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
  const service = runsThat(() => {
    throw new Error("no taskbar");
  });
  await expect((await service.start("generation", { fail: false })).result).resolves.toEqual({});
  expect((await warned).message).toContain("no taskbar");
});
