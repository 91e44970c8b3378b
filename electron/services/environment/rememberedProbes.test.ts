import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { type Finding, type Probe, runDoctor } from "./doctor.ts";
import { environmentHash, rememberingProbes } from "./rememberedProbes.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-doctor-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Asks once; returns what was answered and which probes were really run. */
async function ask(finding: Finding, options: { environment?: string; fresh?: boolean } = {}) {
  const asked: string[] = [];
  const probe = (id: Probe["id"]): Probe => ({
    id,
    timeoutMs: 1_000,
    check: async () => {
      asked.push(id);
      return finding;
    },
  });
  const probes = await rememberingProbes([probe("torch"), probe("disk")], new Set(["torch"]), {
    files: createFileLayer(),
    file: path.join(folder, "doctor.json"),
    environment: options.environment ?? "one",
    fresh: options.fresh ?? false,
    now: () => new Date("2026-01-02T03:04:05Z"),
  });
  const { checks } = await runDoctor(probes);
  return { asked, torch: checks[0] };
}

const well: Finding = { status: "ok", detail: "torch 2" };

test("a slow probe is run once, then remembered with its day; the others are always run", async () => {
  expect((await ask(well)).asked).toEqual(["torch", "disk"]);
  const { asked, torch } = await ask({ status: "ok", detail: "not asked" });
  expect(asked).toEqual(["disk"]);
  expect(torch).toEqual({
    id: "torch",
    status: "ok",
    detail: "torch 2 (checked on 2026-01-02; use --fresh to check again)",
  });
});

test("another environment and --fresh ask again", async () => {
  await ask(well);
  expect((await ask(well, { environment: "two" })).asked).toEqual(["torch", "disk"]);
  expect(
    (await ask({ status: "ok", detail: "torch 3" }, { environment: "two", fresh: true })).asked,
  ).toContain("torch");
  expect((await ask(well, { environment: "two" })).torch?.detail).toMatch(/^torch 3 \(checked/);
});

test("what is not well is asked every time, and a torn file is none", async () => {
  await ask({ status: "missing", detail: "no torch" });
  expect((await ask(well)).asked).toContain("torch");
  const file = path.join(folder, "doctor.json");
  await writeFile(file, (await readFile(file, "utf8")).slice(0, 20));
  expect((await ask(well)).asked).toContain("torch");
});

test("the environment's hash changes with the device", async () => {
  await writeFile(path.join(folder, "requirements.txt"), "torch==2\n");
  const paths = { userData: folder, resources: folder };
  expect(environmentHash(paths, "cpu")).toBe(environmentHash(paths, "cpu"));
  expect(environmentHash(paths, "cpu")).not.toBe(environmentHash(paths, undefined));
});
