// Plain JavaScript on Node's own modules: set-up runs this before any package is installed, on Node 20.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {"cpu" | "default"} TorchVariant The smaller CPU build of torch, or what the default index gives. */

/**
 * What stands in an environment's `.complete`, written last: a folder without it is a build that was cut off.
 * @typedef {object} EnvironmentStamp
 * @property {string} requirements  first 12 hex digits of sha256 of requirements.txt
 * @property {string} python  major.minor, "3.11"
 * @property {TorchVariant} torch
 * @property {string} builtAt  ISO time
 * @property {number} seconds  how long the build took
 */

/** @typedef {{folder: string, python: string, stamp: EnvironmentStamp}} PythonEnvironment */

/**
 * The user's data folder, where environments, logs and caches lie. `NAMEWRIGHT_DATA_DIR` overrides it.
 * @param {{env: Record<string, string | undefined>, platform: string, home: string}} machine
 * @returns {string} an absolute path
 */
export function userDataFolder({ env, platform, home }) {
  if (env.NAMEWRIGHT_DATA_DIR) return path.resolve(env.NAMEWRIGHT_DATA_DIR);
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA || path.join(home, "AppData", "Local"), "Namewright");
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "Namewright");
  // The XDG specification says that a relative path there is to be ignored.
  const data = env.XDG_DATA_HOME;
  return path.join(data && path.isAbsolute(data) ? data : path.join(home, ".local", "share"), "namewright");
}

/**
 * First 12 hex digits of sha256 over a requirements file, line ends made equal (git on Windows changes them).
 * @param {string} text
 */
export function requirementsHash(text) {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 12);
}

/**
 * The name of an environment's folder: another requirements file, Python or torch is another environment.
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts  requirements: its hash
 */
export function environmentKey({ requirements, python, torch }) {
  return createHash("sha256").update(`${requirements}\n${python}\n${torch}`).digest("hex").slice(0, 12);
}

/**
 * Where all environments of ours lie.
 * @param {string} userData
 */
export function environmentsFolder(userData) {
  return path.join(userData, "python");
}

/**
 * The folder of one environment, whether it is there or not.
 * @param {string} userData
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts
 */
export function environmentFolder(userData, parts) {
  return path.join(environmentsFolder(userData), environmentKey(parts));
}

/**
 * The interpreter inside an environment.
 * @param {string} folder
 * @param {string} [platform]
 */
export function pythonInside(folder, platform = process.platform) {
  return platform === "win32"
    ? path.join(folder, "Scripts", "python.exe")
    : path.join(folder, "bin", "python");
}

/**
 * A whole environment's stamp; null where the folder is not there, was cut off, or holds no interpreter.
 * @param {string} folder
 * @returns {EnvironmentStamp | null}
 */
export function readStamp(folder) {
  try {
    const stamp = JSON.parse(readFileSync(path.join(folder, ".complete"), "utf8"));
    const whole = typeof stamp.requirements === "string" && typeof stamp.python === "string";
    return whole && existsSync(pythonInside(folder)) ? stamp : null;
  } catch {
    return null;
  }
}

/**
 * Every whole environment under the user's data folder, newest first; starts no process.
 * @param {string} userData
 * @returns {PythonEnvironment[]}
 */
export function listEnvironments(userData) {
  const parent = environmentsFolder(userData);
  const names = existsSync(parent) ? readdirSync(parent) : [];
  return names
    .flatMap((name) => {
      const folder = path.join(parent, name);
      const stamp = readStamp(folder);
      return stamp === null ? [] : [{ folder, python: pythonInside(folder), stamp }];
    })
    .sort((a, b) => b.stamp.builtAt.localeCompare(a.stamp.builtAt));
}

/**
 * The environment that was built from this requirements file, or null. Fast: it only looks at files, so that every
 * command can ask it.
 * @param {string} userData
 * @param {string} requirementsFile
 * @returns {PythonEnvironment | null}
 */
export function currentEnvironment(userData, requirementsFile) {
  const hash = requirementsHash(readFileSync(requirementsFile, "utf8"));
  return listEnvironments(userData).find(({ stamp }) => stamp.requirements === hash) ?? null;
}
