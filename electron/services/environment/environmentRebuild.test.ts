import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RebuildEvent } from "../../../shared/schema/environment.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { createLease } from "../lease/lease.ts";
import { SetupFailure } from "./build.mjs";
import { createRebuilding } from "./environmentRebuild.ts";
import { currentEnvironment, pythonInside, requirementsHash } from "./folders.mjs";

const requirements = "torch==1\n";
const files = createFileLayer();
let paths: { userData: string; resources: string };

beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), "rebuilding-"));
  paths = { userData: folder, resources: folder };
  writeFileSync(path.join(folder, "requirements.txt"), requirements);
});
afterEach(() => rmSync(paths.userData, { recursive: true, force: true }));

/** An environment as a build leaves it, told from others by `mark`. */
function makeEnvironment(mark: string) {
  const folder = path.join(paths.userData, "python", "key");
  mkdirSync(path.dirname(pythonInside(folder)), { recursive: true });
  writeFileSync(pythonInside(folder), mark);
  const stamp = {
    requirements: requirementsHash(requirements),
    python: "3.12",
    torch: "cpu" as const,
    builtAt: "2026-01-01T00:00:00.000Z",
    seconds: 60,
  };
  writeFileSync(path.join(folder, ".complete"), JSON.stringify(stamp));
  return { folder, python: pythonInside(folder), stamp };
}

const current = () => currentEnvironment(paths.userData, path.join(paths.resources, "requirements.txt"));
const markNow = () => readFileSync(current()?.python ?? "", "utf8");

function followed(rebuilding: ReturnType<typeof createRebuilding>) {
  rebuilding.begin();
  return watched(rebuilding);
}

async function watched(rebuilding: ReturnType<typeof createRebuilding>) {
  const events: RebuildEvent[] = [];
  for await (const event of rebuilding.follow()) events.push(event);
  return events;
}

it("a rebuild replaces the environment and reports its progress", async () => {
  makeEnvironment("old");
  const rebuilding = createRebuilding(paths, files, async (onProgress, onNote) => {
    expect(current()).toBeNull();
    onProgress("downloading torch");
    onNote("Python 3.12");
    return { environment: makeEnvironment("new") };
  });
  expect(await followed(rebuilding)).toEqual([
    { kind: "progress", text: "downloading torch" },
    { kind: "note", text: "Python 3.12" },
    { kind: "done", folder: expect.any(String), python: "3.12", torch: "cpu", seconds: 60 },
  ]);
  expect(markNow()).toBe("new");
});

it("a failed rebuild restores the old environment and reports the installer's output", async () => {
  makeEnvironment("old");
  const rebuilding = createRebuilding(paths, files, async () => {
    mkdirSync(path.join(paths.userData, "python", "key", "half"), { recursive: true });
    throw new SetupFailure("couldn't install the packages", {
      hint: "free some space",
      lines: ["No space"],
    });
  });
  await expect(followed(rebuilding)).rejects.toMatchObject({
    code: "missing",
    message: "couldn't install the packages",
    hint: expect.stringContaining("No space"),
  });
  expect(markNow()).toBe("old");
  expect(existsSync(path.join(paths.userData, "python", "key", "half"))).toBe(false);
});

it("a rebuild restores the environment of a killed one first", async () => {
  makeEnvironment("old");
  const never = createRebuilding(paths, createFileLayer(), () => new Promise(() => {}));
  never.begin();
  await expect.poll(() => current()).toBeNull();
  rmSync(path.join(paths.userData, "accelerator.lease.json"), { force: true });
  const second = createRebuilding(paths, createFileLayer(), async () => {
    throw new SetupFailure("no network", { hint: "connect" });
  });
  await expect(followed(second)).rejects.toMatchObject({ message: "no network" });
  expect(markNow()).toBe("old");
});

it("a rebuild is shared by all followers", async () => {
  let builds = 0;
  const rebuilding = createRebuilding(paths, files, async (onProgress) => {
    builds += 1;
    onProgress("once");
    return { environment: makeEnvironment("new") };
  });
  expect(rebuilding.isRunning()).toBe(false);
  const both = Promise.all([followed(rebuilding), followed(rebuilding)]);
  expect(rebuilding.isRunning()).toBe(true);
  const [one, other] = await both;
  expect(rebuilding.isRunning()).toBe(false);
  expect(one).toEqual(other);
  expect(builds).toBe(1);
});

it("following never starts a rebuild and yields the last one, if any", async () => {
  let builds = 0;
  const rebuilding = createRebuilding(paths, files, async () => {
    builds += 1;
    return { environment: makeEnvironment("new") };
  });
  expect(await watched(rebuilding)).toEqual([]);
  expect(builds).toBe(0);
  const told = await followed(rebuilding);
  // As after a lost connection, in which it ended.
  expect(await watched(rebuilding)).toEqual(told);
  expect(builds).toBe(1);
  await followed(rebuilding);
  expect(builds).toBe(2);
});

it("a rebuild doesn't change an environment in use by training", async () => {
  makeEnvironment("old");
  const holding = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const training = createLease(files, paths.userData).hold(
    "run-7",
    () => {
      begun.resolve();
      return holding.promise;
    },
    { signal: new AbortController().signal, onWait: () => {} },
  );
  await begun.promise;
  const rebuilding = createRebuilding(paths, files, async () => ({ environment: makeEnvironment("new") }));
  await expect(followed(rebuilding)).rejects.toMatchObject({ message: expect.stringContaining("run-7") });
  expect(markNow()).toBe("old");
  holding.resolve();
  await training;
});
