// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** @typedef {"cpu" | "default"} TorchVariant The smaller CPU build of torch, or the build from the default index. */

/**
 * The content of an environment's `.complete`, which is written last. A folder without it is an interrupted build.
 * @typedef {object} EnvironmentStamp
 * @property {string} requirements  first 12 hex digits of sha256 of requirements.txt
 * @property {string} python  major.minor, "3.11"
 * @property {TorchVariant} torch
 * @property {string} builtAt  ISO time
 * @property {number} seconds  how long the build took
 */

/** @typedef {{folder: string, python: string, stamp: EnvironmentStamp}} PythonEnvironment */

/**
 * Returns the user's data folder for environments, logs and caches. `NAMEWRIGHT_DATA_DIR` overrides it.
 * @param {{env: Record<string, string | undefined>, platform: string, home: string}} machine
 * @returns {string} an absolute path
 */
export function userDataFolder({ env, platform, home }) {
  if (env.NAMEWRIGHT_DATA_DIR) return path.resolve(env.NAMEWRIGHT_DATA_DIR);
  if (platform === "win32")
    return path.join(env.LOCALAPPDATA || path.join(home, "AppData", "Local"), "Namewright");
  if (platform === "darwin") return path.join(home, "Library", "Application Support", "Namewright");
  // The XDG specification requires ignoring a relative path.
  const data = env.XDG_DATA_HOME;
  return path.join(data && path.isAbsolute(data) ? data : path.join(home, ".local", "share"), "namewright");
}

/**
 * Returns the first 12 hex digits of the sha256 of a requirements file, with LF line endings (Git on Windows changes
 * them).
 * @param {string} text
 */
export function requirementsHash(text) {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex").slice(0, 12);
}

/**
 * Returns the name of an environment's folder, which depends on the requirements, Python and torch.
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts  requirements: its hash
 */
export function environmentKey({ requirements, python, torch }) {
  return createHash("sha256").update(`${requirements}\n${python}\n${torch}`).digest("hex").slice(0, 12);
}

/**
 * Returns the folder of all our environments.
 * @param {string} userData
 */
export function environmentsFolder(userData) {
  return path.join(userData, "python");
}

/**
 * Returns the folder of one environment, whether it exists or not.
 * @param {string} userData
 * @param {{requirements: string, python: string, torch: TorchVariant}} parts
 */
export function environmentFolder(userData, parts) {
  return path.join(environmentsFolder(userData), environmentKey(parts));
}

/**
 * Returns the interpreter inside an environment.
 * @param {string} folder
 * @param {string} [platform]
 */
export function pythonInside(folder, platform = process.platform) {
  return platform === "win32"
    ? path.join(folder, "Scripts", "python.exe")
    : path.join(folder, "bin", "python");
}

/**
 * Returns a complete environment's stamp, or null when the folder is absent, incomplete or has no interpreter.
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
 * Returns all complete environments in the user's data folder, newest first. Starts no process.
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
 * Returns the environment that was built from this requirements file, or null. Reads only files, so that every command
 * can afford it.
 * @param {string} userData
 * @param {string} requirementsFile
 * @returns {PythonEnvironment | null}
 */
export function currentEnvironment(userData, requirementsFile) {
  const hash = requirementsHash(readFileSync(requirementsFile, "utf8"));
  return listEnvironments(userData).find(({ stamp }) => stamp.requirements === hash) ?? null;
}
