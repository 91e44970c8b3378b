// Builds the bundles in out/ when the sources changed, so that the terminal starts quickly.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { SetupFailure } from "../../electron/services/environment/build.mjs";
import { runLines } from "../../electron/services/environment/child.mjs";
import { withLock } from "../../electron/services/environment/setupLock.mjs";

const sourceFolders = ["shared", "electron", "renderer"];
const configs = [
  "vite.node.config.ts",
  "vite.figures.config.ts",
  "vite.renderer.config.ts",
  "vite.desktop.config.ts",
  "vite.preload.config.ts",
];

/** Returns the source files of the bundles, without tests, relative to the root and sorted. */
function sourceFiles(root) {
  const inFolders = sourceFolders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && /\.(ts|tsx|mjs|css|html|svg)$/.test(entry.name) && !entry.name.includes(".test."),
      )
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name))),
  );
  const single = [...configs, "package-lock.json"].filter((file) => existsSync(path.join(root, file)));
  return [...inFolders, ...single].sort();
}

/** Returns the SHA-256 of the sources' paths and contents. */
export function sourcesHash(root) {
  const hash = createHash("sha256");
  for (const file of sourceFiles(root))
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

/** Returns whether out/ was built from these sources. */
function isBuilt(root, hash) {
  const stamp = path.join(root, "out", ".sources");
  return existsSync(stamp) && readFileSync(stamp, "utf8").trim() === hash;
}

/**
 * @param {string} node  a Node ≥ 22.18
 * @returns {Promise<"built" | "current">}
 */
export async function ensureBundles(root, node, { progress, note }) {
  const hash = sourcesHash(root);
  if (isBuilt(root, hash)) return "current";
  const onWait = (owner) => note(`waiting for another set-up that is building (process ${owner.pid})`);
  return withLock(
    path.join(root, ".namewright", "bundles.lock"),
    async () => {
      if (isBuilt(root, hash)) return "current";
      for (const config of configs.filter((file) => existsSync(path.join(root, file)))) {
        progress(`vite build, ${config}`);
        await build(root, node, config);
      }
      writeFileSync(path.join(root, "out", ".sources"), `${hash}\n`);
      return "built";
    },
    { onWait },
  );
}

async function build(root, node, config) {
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const words = [vite, "build", "--config", config, "--logLevel", "warn"];
  const { code, lines } = await runLines(node, words, { cwd: root });
  if (code === 0) return;
  throw new SetupFailure(`vite build --config ${config} failed`, {
    hint: "run npm run typecheck to see the likely cause",
    lines: lines
      .map((line) => stripVTControlCharacters(line))
      .filter((line) => line.trim() !== "" && !/^\s+at /.test(line))
      .slice(0, 12),
  });
}
