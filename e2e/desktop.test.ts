import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { screens as menuScreens } from "../electron/hosts/desktop/menu.ts";
import { createFileLayer } from "../electron/services/files/fileLayer.ts";
import { copySample } from "../electron/services/host/sampleCopy.ts";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { root } from "./support/namewright.ts";

/** Only main has it in its environment. */
const secret = "sk-desktop-secret-0001";

let folder: string;
// biome-ignore lint/suspicious/noExplicitAny: what the program saw, as JSON; each test says what it expects of it.
let seen: any;
let stderr = "";

/** Runs a program of `e2e/desktop` with the main and preload that set-up built. Returns what it observed. */
async function runProgram(
  name: string,
  workspace: string,
  env: Record<string, string> = {},
): Promise<unknown> {
  const program = path.join(root, "e2e", "desktop", name);
  const child = spawn(process.execPath, [program, "--workspace", workspace], {
    cwd: folder,
    env: { ...process.env, NAMEWRIGHT_DATA_DIR: path.join(folder, "user-data"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the program ended with ${String(code)}: ${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

const makeStudy = (name: string) => copySample(createFileLayer(), tinySample, path.join(folder, name));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-e2e-desktop-"));
  seen = await runProgram("program.ts", await makeStudy("study"), { OPENAI_API_KEY: secret });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the built desktop on a fake Electron", () => {
  it("loads before Electron is ready and then opens its window", () => {
    expect(seen.openBeforeReady).toBe(0);
    expect(seen.html).toContain('<div id="root">');
  });

  it("serves the contract over the port from the built preload", () => {
    expect(seen.info).toMatchObject({ host: "desktop", nativeDialogs: true });
    expect(seen.workspace).toMatchObject({ folder: path.join(folder, "study"), sample: false });
  });

  it("generates in a utility process without forking", () => {
    expect(seen.first.results[0].names).toHaveLength(5);
    const inference = seen.forks.filter(
      ({ file }: { file: string }) => file === path.join("out", "inference.js"),
    );
    expect(inference.length).toBeGreaterThan(0);
  });

  it("restarts inference after a crash, gives the same answer and notifies the page", () => {
    const told = seen.first.results[0].names;
    expect(seen.second.results[0].names).toEqual(told);
    expect(seen.told).toContainEqual([
      "namewright:command",
      {
        kind: "notice",
        title: "The inference process crashed",
        message: expect.stringContaining("restarts when"),
      },
    ]);
  });

  it("answers an unknown procedure, wrong types, 50 MB and prototype keys with typed errors", () => {
    const { attacks } = seen;
    for (const name of ["unknown", "prototype", "inherited"])
      expect(attacks[name]).toMatchObject({ code: "NOT_FOUND" });
    for (const name of ["wrongType", "large", "polluting"])
      expect(attacks[name]).toMatchObject({ code: "FAILURE", data: { code: "bad-value" } });
    expect(attacks.polluted).toBe(false);
  });

  it("keeps a run going in the tray, notifies when it ends, and then quits", () => {
    expect(seen.background).toEqual({ visible: false, destroyed: false, ended: null });
    expect(seen.asked).toMatchObject([
      [{ buttons: ["Stop and resume later", "Keep running in the background", "Cancel"] }],
    ]);
    expect(seen.after).toEqual({
      ended: 0,
      trayGone: true,
      notifications: ["Run finished"],
      awake: 0,
      progress: -1,
      results: true,
    });
  });

  it("passes no key to a process, page, log or file", async () => {
    expect(JSON.stringify(seen)).not.toContain(secret);
    expect(stderr).not.toContain(secret);
    for (const { options, args } of seen.forks) {
      expect(options.env.OPENAI_API_KEY).toBeUndefined();
      expect(args).toEqual([]);
    }
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      expect((await readFile(file)).includes(secret), file).toBe(false);
    }
  });
});

it("stops a run on quit when asked, and resumes it on the next start without repeating rows", async () => {
  const study = await makeStudy("stopped");
  const stopped = (await runProgram("stopping.ts", study)) as { id: string };
  expect(stopped).toMatchObject({ ended: 0, awake: 0 });
  const resumed = (await runProgram("stopping.ts", study, { RESUME: stopped.id })) as Record<string, unknown>;
  expect(resumed).toMatchObject({ before: "cancelled", after: "succeeded" });
  expect(resumed.rows).toBe(resumed.different);
});

it("lists the renderer's screens in the menu in the order of their digits", async () => {
  // A variable, so that the compiler doesn't follow the import: the renderer's types aren't available to tests.
  const place = path.join(root, "renderer", "app", "screens.ts");
  const { screens } = (await import(place)) as { screens: { path: string; name: string }[] };
  expect(menuScreens).toEqual(screens.map(({ path, name }) => [path, name]));
});
