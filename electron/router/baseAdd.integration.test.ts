import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRouterClient } from "@orpc/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { createServices, type Services } from "../services/services.ts";
import { environmentPython } from "../services/testing/engineFixtures.ts";
import { skipBecause } from "../services/testing/skipBecause.ts";
import { makeSmollm2Wheel } from "../services/testing/smollm2Wheel.ts";
import { tinySample } from "../services/testing/tinySample.ts";
import { makeUserData } from "../services/testing/userData.ts";
import { initWorkspace } from "../services/workspace/workspace.ts";
import { createRouter } from "./index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const files = createFileLayer();
const python = environmentPython();
let shelf: string;
let pinned: string;
let folder: string;
let services: Services;

beforeAll(() => {
  shelf = mkdtempSync(path.join(tmpdir(), "smollm2-wheel-"));
  if (python !== null) pinned = makeSmollm2Wheel(python, shelf);
});
afterAll(() => rmSync(shelf, { recursive: true, force: true }));

const resources = () => path.join(folder, "resources");
const pin = (line: string) => writeFileSync(path.join(resources(), "requirements-smollm2.txt"), line);
const bases = () => path.join(folder, "user", "bases");

beforeEach(async (context) => {
  if (python === null) return skipBecause(context, "the Python environment is not installed");
  folder = mkdtempSync(path.join(tmpdir(), "namewright named base "));
  mkdirSync(resources());
  symlinkSync(path.join(root, "resources", "trainer"), path.join(resources(), "trainer"));
  copyFileSync(path.join(root, "resources", "requirements.txt"), path.join(resources(), "requirements.txt"));
  pin(pinned);
  await makeUserData(path.join(folder, "user"));
  // What a user sets for a mirror, here a folder instead of an index.
  vi.stubEnv("PIP_NO_INDEX", "1");
  vi.stubEnv("PIP_FIND_LINKS", shelf);
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), {});
  services = createServices({
    platform: {
      name: "test",
      paths: {
        userData: path.join(folder, "user"),
        resources: resources(),
        sample: tinySample,
        embeddedBase: path.join(root, "models", "tiny-mistral"),
      },
      secrets: { get: async () => null },
      outside: [],
      setting: () => undefined,
      launchWorker: () => {
        throw new Error("no worker is needed");
      },
    },
    files,
    workspace,
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  try {
    await services.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const client = () => createRouterClient(createRouter(services), { context: {} }).base;

it("adds SmolLM2 once for two concurrent requests, and lists it as any base", async () => {
  expect(await client().list()).toMatchObject({ addable: ["smollm2"], bases: [{ value: "embedded" }] });
  const [one, other] = await Promise.all([
    client().add({ base: "smollm2" }),
    client().add({ base: "smollm2" }),
  ]);
  expect(one).toEqual(other);
  expect(one).toMatchObject({
    addable: [],
    bases: [
      { value: "embedded" },
      { value: "smollm2", source: "added", chosen: false, check: { problems: [] } },
    ],
  });
  expect(readdirSync(bases())).toEqual(["smollm2"]);
  const readme = readFileSync(path.join(bases(), "smollm2", "README.md"), "utf8");
  expect(readme).toContain(pinned.trim());
  expect(readme).toContain("Apache-2.0");
  expect(readdirSync(path.join(bases(), "smollm2"))).toContain("LICENSE");
  const chosen = await client().choose({ base: "smollm2" });
  expect(chosen).toMatchObject({ problem: null, chosen: { base: "smollm2" } });
  expect(JSON.parse(readFileSync(path.join(folder, "shop", "namewright.json"), "utf8"))).toMatchObject({
    base: "smollm2",
    preset: "smollm2",
  });
});

it("replaces a base that was made from another pin, or isn't whole", async () => {
  await client().add({ base: "smollm2" });
  pin(`# A later version of the package\n${pinned}`);
  expect((await client().list()).addable).toEqual(["smollm2"]);
  writeFileSync(path.join(bases(), "smollm2", "of-the-earlier-pin"), "");
  expect((await client().add({ base: "smollm2" })).addable).toEqual([]);
  expect(readdirSync(bases())).toEqual(["smollm2"]);
  expect(readdirSync(path.join(bases(), "smollm2"))).not.toContain("of-the-earlier-pin");
});

it("refuses a package with another hash, leaves nothing behind, and works when run again", async () => {
  pin(pinned.replace(/[0-9a-f]{64}/, "0".repeat(64)));
  await expect(client().add({ base: "smollm2" })).rejects.toMatchObject({
    code: "missing",
    hint: expect.stringContaining("namewright base add smollm2"),
  });
  expect(readdirSync(bases())).toEqual([]);
  pin(pinned);
  expect((await client().add({ base: "smollm2" })).addable).toEqual([]);
});

it("can be chosen before it is on this machine, like a Hugging Face ID", async () => {
  const chosen = await client().choose({ base: "smollm2" });
  expect(chosen.problem).toContain("smollm2 isn't on this machine yet");
});
