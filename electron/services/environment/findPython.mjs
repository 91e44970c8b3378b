// Plain JavaScript on Node's own modules: set-up runs this before any package is installed, on Node 20.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** The minors of Python 3 for which our pinned packages have wheels, the most proven first. */
export const supportedMinors = [11, 12, 13, 10, 14];

/**
 * @typedef {object} FoundPython
 * @property {string} executable  the real interpreter, not a shim
 * @property {string} version  "3.11.7"
 * @property {string} minor  "3.11"
 * @property {boolean} venv  whether it can make an environment (Debian ships Python without)
 */

/** @typedef {{command: string, reason: string}} RejectedPython  an interpreter that does not serve, and why */
/** @typedef {{env: Record<string, string | undefined>, platform: string, home: string}} Machine */

// Printed as one line of JSON by the interpreter itself: nothing else tells a shim, a store stub or a 32-bit build.
const question = [
  "import sys, json, importlib.util as u",
  "print(json.dumps({'executable': sys.executable, 'version': list(sys.version_info[:3]),",
  " 'venv': all(u.find_spec(m) is not None for m in ('venv', 'ensurepip')), 'bits': 64 if sys.maxsize > 2**32 else 32}))",
].join("\n");

/**
 * The commands that may be a Python, in the order in which they are asked. A desktop session often lacks the
 * terminal's PATH, so the usual prefixes are looked at too.
 * @param {Machine} machine
 * @returns {string[][]} each a command with its arguments
 */
export function pythonCandidates({ env, platform, home }) {
  if (env.NAMEWRIGHT_PYTHON) return [[env.NAMEWRIGHT_PYTHON]];
  const names = ["python3", ...supportedMinors.map((minor) => `python3.${minor}`), "python"];
  if (platform === "win32") {
    const launcher = [["py", "-3"], ...supportedMinors.map((minor) => ["py", `-3.${minor}`])];
    return [["python"], ["python3"], ...launcher];
  }
  const onPath = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const usual = ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin", "/opt/local/bin", `${home}/.local/bin`];
  const frameworks = supportedMinors.map(
    (minor) => `/Library/Frameworks/Python.framework/Versions/3.${minor}/bin`,
  );
  const folders = [
    ...onPath,
    ...usual,
    ...(platform === "darwin" ? frameworks : []),
    ...pyenvFolders(env, home),
  ];
  const files = [...new Set(folders)].flatMap((folder) => names.map((name) => path.join(folder, name)));
  return files.filter((file) => existsSync(file)).map((file) => [file]);
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {string} home
 */
function pyenvFolders(env, home) {
  const versions = path.join(env.PYENV_ROOT || path.join(home, ".pyenv"), "versions");
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^3\.1\d/.test(name))
    .map((name) => path.join(versions, name, "bin"));
}

/**
 * Asks one interpreter what it is.
 * @param {string[]} command
 * @param {number} timeoutMs
 * @returns {Promise<FoundPython | RejectedPython>}
 */
export function askPython(command, timeoutMs = 10_000) {
  const [file = "", ...words] = command;
  const shown = command.join(" ");
  return new Promise((resolve) => {
    execFile(file, [...words, "-c", question], { timeout: timeoutMs }, (error, stdout) => {
      try {
        resolve(error ? { command: shown, reason: firstLine(error.message) } : judge(shown, stdout));
      } catch {
        resolve({
          command: shown,
          reason: `said ${JSON.stringify(firstLine(stdout))} instead of its version`,
        });
      }
    });
  });
}

/** @param {string} text */
function firstLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}

/**
 * @param {string} command
 * @param {string} stdout
 * @returns {FoundPython | RejectedPython}
 */
function judge(command, stdout) {
  const { executable, version, venv, bits } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  const [major, minor] = version;
  const shown = version.join(".");
  if (major !== 3 || minor < 10) return { command, reason: `is ${shown}, 3.10 or newer is needed` };
  if (bits !== 64) return { command, reason: "is a 32-bit build, for which there is no torch" };
  return { executable: executable || command, version: shown, minor: `${major}.${minor}`, venv };
}

/**
 * Finds a Python ≥ 3.10 that can make an environment: the first on the PATH that our packages have wheels for, else
 * one that is newer than they know. Without one, `found` is null and `rejected` says what was looked at.
 * @param {Machine & {needsVenv?: boolean}} machine  needsVenv: false where `uv` makes the environment
 * @returns {Promise<{found: FoundPython | null, rejected: RejectedPython[]}>}
 */
export async function findPython({ needsVenv = true, ...machine }) {
  /** @type {RejectedPython[]} */
  const rejected = [];
  /** @type {FoundPython | null} */
  let tooNew = null;
  for (const command of pythonCandidates(machine)) {
    const answer = await askPython(command);
    if ("reason" in answer) rejected.push(answer);
    else if (needsVenv && !answer.venv)
      rejected.push({
        command: command.join(" "),
        reason: `is ${answer.version} without venv (on Debian and Ubuntu: apt install python${answer.minor}-venv)`,
      });
    else if (supportedMinors.includes(Number(answer.minor.split(".")[1]))) return { found: answer, rejected };
    else tooNew ??= answer;
  }
  return { found: tooNew, rejected };
}
