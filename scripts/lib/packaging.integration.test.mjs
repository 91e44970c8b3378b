import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageConfig } from "./packageConfig.mjs";
import { chunksNeeded, packagesNeeded } from "./packaging.mjs";

describe("packagesNeeded", () => {
  const locked = {
    "node_modules/engine": {
      dependencies: { log: "1", "@scope/part": "1" },
      optionalDependencies: { fast: "1" },
    },
    "node_modules/log": { dependencies: { colour: "2" } },
    "node_modules/log/node_modules/colour": {},
    "node_modules/colour": { dependencies: { unwanted: "1" } },
    "node_modules/@scope/part": { dependencies: { log: "1", engine: "1", absent: "1" } },
    "node_modules/fast": {},
    "node_modules/unwanted": {},
  };
  it("resolves packages as Node does, nearest first, without optional ones, and ends on cycles", () => {
    expect(packagesNeeded(locked, ["engine"])).toEqual([
      "@scope/part",
      "engine",
      "log",
      "log/node_modules/colour",
    ]);
  });
  it("resolves from a nested package through all parent folders", () => {
    const nested = {
      "node_modules/a": { dependencies: { b: "1" } },
      "node_modules/a/node_modules/b": { dependencies: { c: "1", d: "1" } },
      "node_modules/a/node_modules/c": {},
      "node_modules/c": {},
      "node_modules/d": {},
    };
    expect(packagesNeeded(nested, ["a"])).toEqual(["a", "a/node_modules/b", "a/node_modules/c", "d"]);
  });
  it("omits platform binaries, which are selected by platform", () => {
    const engine = { dependencies: { "@node-llama-cpp/linux-x64": "1" } };
    const withBinary = { "node_modules/engine": engine, "node_modules/@node-llama-cpp/linux-x64": {} };
    expect(packagesNeeded(withBinary, ["engine"])).toEqual(["engine"]);
  });
});

describe("chunksNeeded", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "namewright-chunks-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  it("returns static and dynamic imports of all entries", () => {
    const files = {
      "worker.js": 'import { a } from "./a-1.js";\nconst later = () => import(`./later-2.js`);',
      "a-1.js": 'import"./b-3.js";\nexport * from "./c-4.js";',
      "b-3.js": 'import { worker } from "./worker.js";',
      "c-4.js": "",
      "later-2.js": "",
      "cli.js": 'import "./only-cli-5.js";',
      "only-cli-5.js": "",
    };
    for (const [name, code] of Object.entries(files)) writeFileSync(path.join(folder, name), code);
    const needed = ["a-1.js", "b-3.js", "c-4.js", "later-2.js", "worker.js"];
    expect(chunksNeeded(folder, ["worker.js"])).toEqual(needed);
  });
  it("throws if a chunk is missing", () => {
    expect(() => chunksNeeded(folder, ["worker.js"])).toThrow("npm run build");
  });
});

describe("the configuration of packages", () => {
  const llamaOf = ({ files }) =>
    files.at(-1).filter.filter((pattern) => pattern.startsWith("@node-llama-cpp/"));
  const binaries = (...backends) => backends.map((backend) => `@node-llama-cpp/\${os}-\${arch}${backend}/**`);
  it("puts CPU and Vulkan, or Metal, into one artifact and CUDA into another", () => {
    const [usual, cuda] = [packageConfig({ cuda: false }), packageConfig({ cuda: true })];
    expect(llamaOf(usual)).toEqual(binaries("", "-vulkan", "-metal"));
    expect(llamaOf(cuda)).toEqual(binaries("", "-cuda", "-cuda-ext"));
    expect(cuda.artifactName).not.toBe(usual.artifactName);
  });
  it("makes AppImage and deb, dmg and nsis", () => {
    const { linux, mac, win } = packageConfig({ cuda: false });
    expect([linux.target, mac.target, win.target]).toEqual([["AppImage", "deb"], ["dmg"], ["nsis"]]);
  });
});
