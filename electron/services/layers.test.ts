import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/**
 * The folders of `electron/services` from the ground up. A folder imports only from folders above it in this list, so
 * each can be read, tested and moved without those below. What two folders both need moves to the one listed first.
 */
const layers = [
  "async",
  "platform.ts",
  "processes",
  "files",
  "hashing",
  "lease",
  "workspace",
  "run",
  "accelerator",
  "compute",
  "outbound",
  "llm",
  "judge",
  "dataset",
  "inference",
  "environment",
  "settings",
  "trainer",
  "prompts",
  "base",
  "parity",
  "results",
  "heldout",
  "model",
  "training",
  "rehearsal",
  "adoption",
  "evaluation",
  "augmentation",
  "comparison",
  "operatingPoint",
  "study",
  "playground",
  "report",
  "overview",
  "recovery",
  "host",
  "runKinds.ts",
  "services.ts",
];

const services = import.meta.dirname;

/** Relative imports of a source file, dynamic ones included, as paths below `electron/services`. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(services, file), "utf8");
  return [...text.matchAll(/(?:from\s+|import\()\s*"(\.[^"]+)"/g)].map(([, to = ""]) =>
    path.posix.join(path.posix.dirname(file), to),
  );
}

const layerOf = (file: string) => file.split("/")[0] ?? file;

const product = readdirSync(services, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(path.sep).join("/"))
  .filter((file) => /\.(ts|mjs)$/.test(file) && !/\.test\.ts$|^testing\/|\/fixtures\//.test(file));

it("knows every folder of the services", () => {
  expect([...new Set(product.map(layerOf))].sort()).toEqual([...layers].sort());
});

it("lets no import run up from a folder to one that is built on it", () => {
  const upward = product.flatMap((file) =>
    importsOf(file)
      .filter((to) => !to.startsWith("../") && layers.indexOf(layerOf(to)) > layers.indexOf(layerOf(file)))
      .map((to) => `${file} imports ${to}`),
  );
  expect(upward).toEqual([]);
});

it("lets only the composition root start the compute worker's code in this process", () => {
  const outside = product.flatMap((file) =>
    importsOf(file)
      .filter((to) => /^\.\.\/(workers|router|hosts|\.\.\/renderer)\//.test(to))
      .map((to) => `${file} imports ${to}`),
  );
  expect(outside).toEqual(["services.ts imports ../workers/compute/computeHere.ts"]);
});
