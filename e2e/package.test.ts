import { type SpawnOptions, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipBecause } from "../electron/services/testing/skipBecause.ts";
import { electronBinary } from "../scripts/lib/chooseHost.mjs";
import { type ArchivedFile, extractAsar, readAsar } from "./support/asar.ts";
import { root } from "./support/namewright.ts";

let folder: string;
let packed: string;
let resources: string;
let archived: ArchivedFile[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-package-"));
  await makeFakeElectron(path.join(folder, "electron"));
  await makePackage(path.join(folder, "electron"), path.join(folder, "made"));
  packed = path.join(folder, "made", "linux-unpacked");
  resources = path.join(packed, "resources");
  archived = readAsar(path.join(resources, "app.asar"));
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * Electron's folder as far as electron-builder reads it. Instead of the binary there are only its fuses: the marker
 * text, their version and number, and Electron's default values.
 */
async function makeFakeElectron(place: string): Promise<void> {
  const fuses = [
    Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
    Buffer.from([1, 9]),
    Buffer.from("101100011"),
  ];
  const files = {
    electron: Buffer.concat([Buffer.from("no binary"), ...fuses, Buffer.from("rest")]),
    version: "45.4.1",
    LICENSE: "",
    "LICENSES.chromium.html": "",
    "chrome-sandbox": "",
    "locales/en-US.pak": "",
  };
  await mkdir(path.join(place, "locales"), { recursive: true });
  await mkdir(path.join(place, "resources"));
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(place, name), content, { mode: 0o755 });
}

/** The package with the real Electron; null if its binary was not downloaded. */
async function makeWithElectron(): Promise<string | null> {
  if (electronBinary(root) === null) return null;
  await makePackage(path.join(root, "node_modules", "electron", "dist"), path.join(folder, "real"));
  return path.join(folder, "real", "linux-unpacked", "namewright");
}

async function makePackage(electronDist: string, to: string): Promise<void> {
  await runNode(
    [
      path.join(root, "node_modules", "electron-builder", "cli.js"),
      ...["--dir", "--linux", "--x64", "--config", "electron-builder.config.mjs"],
      `-c.electronDist=${electronDist}`,
      `-c.directories.output=${to}`,
    ],
    { cwd: root },
  );
}

/** Runs the program and returns its standard output. */
async function runNode(words: string[], options: SpawnOptions): Promise<string> {
  const child = spawn(process.execPath, words, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${words[0]} ended with ${String(code)}: ${stdout}${stderr}`);
  return stdout;
}

const below = async (place: string) =>
  (await readdir(path.join(resources, place), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(resources, place), path.join(entry.parentPath, entry.name)));

/** What can't be packaged here, and why. */
const elsewhere =
  process.platform === "linux" && process.arch === "x64"
    ? ""
    : ": its llama.cpp is installed on Linux x64 only";

describe.skipIf(elsewhere !== "")(`a package for Linux${elsewhere}`, () => {
  it("has its fuses set", async () => {
    const fuses = await getCurrentFuseWire(path.join(packed, "namewright"));
    const states = Object.fromEntries(
      [
        FuseV1Options.RunAsNode,
        FuseV1Options.EnableCookieEncryption,
        FuseV1Options.EnableNodeOptionsEnvironmentVariable,
        FuseV1Options.EnableNodeCliInspectArguments,
        FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
        FuseV1Options.OnlyLoadAppFromAsar,
        FuseV1Options.GrantFileProtocolExtraPrivileges,
      ].map((fuse) => [FuseV1Options[fuse], fuses[fuse] === FuseState.ENABLE]),
    );
    expect(states).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it("packs main, preload, workers and renderer into its archive, without sources", () => {
    const places = archived.map(({ place }) => place);
    expect(places).toEqual(
      expect.arrayContaining([
        "package.json",
        "out/desktop/main.js",
        "out/desktop/preload.cjs",
        "out/inference.js",
        "out/compute.js",
        "out/figures.js",
        "out/renderer/index.html",
      ]),
    );
    const tops = new Set(places.map((place) => place.split("/")[0]));
    expect([...tops].sort()).toEqual(["node_modules", "out", "package.json"]);
    expect(places.filter((place) => /\.(map|ts|tsx|md)$|^out\/(cli|http)\.js$|\.env/.test(place))).toEqual(
      [],
    );
  });

  it("includes only node_modules that cannot be bundled", () => {
    const packages = new Set(
      archived.flatMap(({ place }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place)?.[1] ?? []),
    );
    expect([...packages]).toEqual(
      expect.arrayContaining(["node-llama-cpp", "@resvg/resvg-js", "lifecycle-utils"]),
    );
    for (const bundled of [
      "react",
      "openai",
      "zod",
      "ws",
      "ag-grid-community",
      "electron",
      "vite",
      "@orpc/server",
    ])
      expect(packages).not.toContain(bundled);
  });

  it("keeps node-llama-cpp and native files outside the archive, for this platform only", async () => {
    const native = archived.filter(({ place }) =>
      /^node_modules\/(node-llama-cpp|@node-llama-cpp|@resvg)\//.test(place),
    );
    expect(native.length).toBeGreaterThan(0);
    expect(native.filter(({ unpacked }) => !unpacked)).toEqual([]);
    expect(
      archived.filter(({ place, unpacked }) => /\.(node|so|dll|dylib)$/.test(place) && !unpacked),
    ).toEqual([]);
    const binaries = await readdir(
      path.join(resources, "app.asar.unpacked", "node_modules", "@node-llama-cpp"),
    );
    expect(binaries.sort()).toEqual(["linux-x64", "linux-x64-vulkan"]);
  });

  it("includes the trainer, prompts, font, tiny base and finished sample as files", async () => {
    expect(await below("trainer")).toContain(path.join("namewright_trainer", "__main__.py"));
    expect((await below("trainer")).filter((file) => /test|__pycache__/.test(file))).toEqual([]);
    expect(await below("prompts")).toContain("suggest.txt");
    expect(await below("fonts")).toContain("DejaVuSans.ttf");
    expect(await below("tiny-mistral")).toEqual(
      expect.arrayContaining(["model-f16.gguf", "model.safetensors"]),
    );
    const sample = await below("sample");
    expect(sample).toEqual(
      expect.arrayContaining([
        "namewright.json",
        path.join("data", "test_set.csv"),
        path.join("models", "model_v2", "adapter.gguf"),
      ]),
    );
    expect(sample.filter((file) => /tiny-mistral|checkpoint|\.namewright|owner\.json/.test(file))).toEqual(
      [],
    );
    await stat(path.join(resources, "requirements.txt"));
    await stat(path.join(resources, "requirements-cuda.txt"));
    await stat(path.join(resources, "requirements-smollm2.txt"));
  });

  // biome-ignore lint/suspicious/noExplicitAny: what the program saw, as JSON.
  let seen: any;
  it("runs outside the clone: copies the sample to the documents folder, generates and draws", async () => {
    const app = path.join(folder, "away", "app");
    extractAsar(path.join(resources, "app.asar"), app);
    await cp(path.join(resources, "app.asar.unpacked"), app, { recursive: true });
    const stdout = await runNode([path.join(root, "e2e", "desktop", "packed.ts")], {
      cwd: folder,
      env: {
        ...process.env,
        NAMEWRIGHT_DATA_DIR: path.join(folder, "user-data"),
        NAMEWRIGHT_TEST_APP: app,
        NAMEWRIGHT_TEST_RESOURCES: resources,
        NAMEWRIGHT_TEST_DOCUMENTS: path.join(folder, "home"),
      },
    });
    seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    const study = path.join(folder, "home", "documents", "Namewright");
    expect(seen.workspace).toMatchObject({ folder: study, sample: false, datasets: ["v1", "v2"] });
    expect(seen.suggested).toMatchObject({ version: "v2" });
    expect(seen.suggested.results[0].names).toHaveLength(5);
    expect(seen.devTools).toBe(false);
    expect(seen.drawn.written).toHaveLength(4);
    for (const file of seen.drawn.written) expect((await stat(file)).size).toBeGreaterThan(1000);
  });

  it("opens its first screen with the real Electron: --smoke", async (context) => {
    const program = await makeWithElectron();
    if (program === null)
      return skipBecause(context, "Electron's binary is not installed (run npx install-electron)");
    const env = { ...process.env, NAMEWRIGHT_DATA_DIR: path.join(folder, "smoke") };
    const words = ["-a", program, "--no-sandbox", "--smoke", "--workspace", path.join(resources, "sample")];
    const child = spawn("xvfb-run", words, { env, stdio: "inherit" });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  }, 240_000);
});
