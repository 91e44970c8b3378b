import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isContractProcedure } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { nodePlatform } from "../electron/hosts/node/nodePlatform.ts";
import { wireError } from "../electron/hosts/serving/wireErrors.ts";
import { createWorkspaceHub, type WorkspaceHub } from "../electron/hosts/serving/workspaceHub.ts";
import { createFileLayer } from "../electron/services/files/fileLayer.ts";
import { guardedPrimitives } from "../electron/services/files/guardedPrimitives.ts";
import { realPrimitives } from "../electron/services/files/primitives.ts";
import { createHostService } from "../electron/services/host/hostService.ts";
import { createKnownWorkspaces } from "../electron/services/host/knownWorkspaces.ts";
import type { Platform } from "../electron/services/platform.ts";
import { type HubServer, startHubServer } from "../electron/services/testing/hubServer.ts";
import { contract } from "../shared/contract/index.ts";
import { Failure } from "../shared/domain/failure.ts";
import { FailureDetailSchema } from "../shared/schema/failure.ts";
import { type Mistake, mistakesIn, rightInputs, withValueAt } from "./support/mistakes.ts";
import { copyOfSample } from "./support/namewright.ts";

/** Builds a Python environment from the network. It has no input that could be mistyped. */
const notCalled = ["environment.rebuild"];

interface Procedure {
  readonly name: string;
  readonly input: z.ZodType | undefined;
}

/** Returns every procedure of a contract by its path. */
function proceduresOf(node: unknown, at: readonly string[] = []): Procedure[] {
  if (isContractProcedure(node)) {
    return [{ name: at.join("."), input: node["~orpc"].inputSchema as z.ZodType | undefined }];
  }
  return Object.entries(node as object).flatMap(([key, inner]) => proceduresOf(inner, [...at, key]));
}
const procedures = proceduresOf(contract).filter(({ name }) => !notCalled.includes(name));

let folder: string;
let workspace: string;
let hub: WorkspaceHub;
let hugging: HubServer;
let ask: (name: string, input: unknown) => Promise<string | null>;
let standing: string;
/** Defects of ours, as the host's log would show them. */
let defects: string[];

/** The browser host's platform without inference, keys, or a network beyond this machine. */
function stubbedPlatform(): Platform {
  const real = nodePlatform("browser");
  return {
    ...real,
    name: "test",
    paths: { ...real.paths, userData: path.join(folder, "user") },
    secrets: { get: async () => null },
    setting: (name) => {
      if (name === "HF_ENDPOINT") return hugging.endpoint;
      return name === "OPENAI_BASE_URL" ? `${hugging.endpoint}/v1` : undefined;
    },
    launchWorker: (entry) => {
      if (entry === "compute") return real.launchWorker(entry);
      throw new Failure("missing", `no ${entry} process starts in this test`);
    },
  };
}

function procedureAt(client: unknown, name: string): (input: unknown, options: object) => Promise<unknown> {
  let found = client;
  for (const key of name.split(".")) found = (found as Record<string, unknown>)[key];
  return found as (input: unknown, options: object) => Promise<unknown>;
}

/** Returns the first value of a stream, if any, and closes the stream. */
async function drained(output: unknown, leave: () => void): Promise<void> {
  if (typeof output !== "object" || output === null || !(Symbol.asyncIterator in output)) return;
  const values = (output as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  leave();
  await values.next();
  await values.return?.();
}

/** Calls a procedure as a host does. Returns null if it succeeds, otherwise the failure that a page receives. */
async function called(client: unknown, name: string, input: unknown): Promise<string | null> {
  const leaving = new AbortController();
  const before = defects.length;
  try {
    const output = await procedureAt(client, name)(input, { signal: leaving.signal });
    await drained(output, () => leaving.abort(new Failure("cancelled", "the page has left")));
    return null;
  } catch (thrown) {
    const error = wireError(thrown, (defect) =>
      defects.push(defect instanceof Error ? `${defect.stack}` : String(defect)),
    );
    const data = (error as { data?: unknown }).data;
    const detail = FailureDetailSchema.safeParse(data).data;
    const told = detail === undefined ? String(error) : `${detail.code}: ${detail.message}`;
    return defects.length > before ? `${told}\n${defects.at(-1)}` : told;
  }
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "mistaken calls ")));
  workspace = path.join(folder, "study");
  standing = process.cwd();
  await mkdir(path.join(folder, "here", "below"), { recursive: true });
  await mkdir(workspace);
  await copyOfSample(workspace);
  // Relative paths are resolved from the host's working folder, which must not be the clone.
  process.chdir(path.join(folder, "here", "below"));
  hugging = await startHubServer({ id: "someone/tiny", files: { "config.json": "{}" } });
  defects = [];
  const platform = stubbedPlatform();
  const reach = {
    writable: () => [folder],
    readable: () => [platform.paths.sample, platform.paths.embeddedBase],
    browsable: () => [],
  };
  const files = createFileLayer(guardedPrimitives(realPrimitives, reach));
  const known = createKnownWorkspaces(files, platform.paths.userData, () => new Date(0));
  const about = { host: "browser", version: "0", platform: "linux" } as const;
  const host = createHostService({ files, paths: platform.paths, known, about, roots: () => [folder] });
  hub = createWorkspaceHub({ platform, files, known, host, folder: workspace, onRecovered: () => {} });
  const client = createRouterClient((await hub.open(hub.first)).router, { context: {} });
  ask = (name, input) => called(client, name, input);
});
afterEach(async () => {
  await hub.close();
  await hugging.stop();
  process.chdir(standing);
  await rm(folder, { recursive: true, force: true });
});

/** Texts that are valid in the copy of the sample. */
function rightTexts() {
  const dataset = path.join(workspace, "data", "dataset_v1.csv");
  return {
    file: dataset,
    files: dataset,
    before: path.join(workspace, "data", "dataset_v2.csv"),
    after: dataset,
    out: path.join(folder, "out.csv"),
    run: "20261123T081722-training-d4a1",
    id: "20261123T081722-training-d4a1",
    ids: "20261123T081722-training-d4a1",
    one: "20261123T081722-training-d4a1",
    other: "20261123T081759-training-d33d",
    version: "v1",
    versions: "v1",
    from: "v1",
    baseline: "v1",
    candidate: "v2",
    base: "embedded",
    path: path.join(workspace, "models"),
    folder: path.join(folder, "made"),
    targetModules: "q_proj",
    description: "description",
    suggestions: "suggestions",
    revision: "main",
    baseUrl: "http://127.0.0.1:9/v1",
    origin: "http://127.0.0.1:9",
  };
}

/** Returns what is wrong with a reply: a defect, a stack trace, or a library's message. */
function complaint(told: string | null): string | null {
  if (told === null) return null;
  const jargon = /Invalid input|received|Too (big|small)|validation failed|✖|\bE[A-Z]{4,}:/;
  return /^defect|\n\s+at /.test(told) || jargon.test(told) ? told : null;
}

/** Fixed, so that failures can be reproduced. fast-check reports it with the failing input. */
const seed = 20_261_130;
const callsPerProcedure = 50;

/** One mistake, or two at once. */
function mistakenInputs(mistakes: readonly Mistake[]): fc.Arbitrary<unknown> {
  const one = fc.constantFrom(...mistakes);
  return fc
    .tuple(one, fc.option(one, { freq: 3 }))
    .map(([{ input }, also]) => (also === null ? input : withValueAt(input, also.place, also.value)));
}

describe("every procedure of the contract", { timeout: 300_000 }, () => {
  it("answers mistyped values with a described failure, never a defect", async () => {
    for (const { name, input } of procedures) {
      const mistakes = [...mistakesIn(rightInputs(input, rightTexts()), workspace)];
      await fc.assert(
        fc.asyncProperty(mistakenInputs(mistakes), async (mistaken) => {
          expect(complaint(await ask(name, mistaken)), name).toBeNull();
        }),
        { seed, numRuns: Math.min(callsPerProcedure, mistakes.length), endOnFailure: true },
      );
    }
    // Runs that started anyway also failed with a message.
    const client = createRouterClient((await hub.open(hub.first)).router, { context: {} });
    const { runs } = await client.run.list();
    for (const { id, status } of runs) {
      if (["queued", "running"].includes(status)) for await (const _ of await client.run.watch({ id }));
    }
    const failures = (await client.run.list()).runs.flatMap(({ failure }) => failure ?? []);
    expect(failures.filter(({ code }) => code === "defect")).toEqual([]);
  });

  it("answers with a described failure when the workspace folder is gone", async () => {
    const rights = procedures.map(({ name, input }) => [name, rightInputs(input, rightTexts())] as const);
    await rm(workspace, { recursive: true });
    for (const [name, inputs] of rights) {
      for (const input of inputs.slice(0, 3)) expect(complaint(await ask(name, input)), name).toBeNull();
    }
  });

  it("reports a missing workspace when its folder is required", async () => {
    await rm(workspace, { recursive: true });
    expect(await ask("training.plan", { version: "v1" })).toMatch(/^missing: .*study/);
    expect(await ask("base.choose", { base: "embedded" })).toMatch(/^missing: .*study/);
  });
});

describe("known mistakes", () => {
  it("are refused with their messages", async () => {
    const file = "nope.csv";
    expect(await ask("dataset.import", { file })).toBe("missing: nope.csv was not found");
    expect(await ask("dataset.import", { file: rightTexts().file, as: "n".repeat(300) })).toBe(
      "bad-value: as: a dataset's name must have at most 100 characters",
    );
    expect(await ask("run.show", { id: "a\0b" })).toBe(
      "bad-value: id: a run's ID can't contain a NUL character",
    );
    expect(await ask("base.choose", { base: "a\0b" })).toBe(
      "bad-value: base: a path can't contain a NUL character",
    );
    expect(await ask("training.plan", { version: "v1", epochs: 9e15 })).toBe(
      "bad-value: epochs must be at most 10,000; found 9,000,000,000,000,000",
    );
  });
});
