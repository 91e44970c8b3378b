// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** The minor versions of Python 3 for which our pinned packages have wheels, best tested first. */
const supportedMinors = [11, 12, 13, 10, 14];

/**
 * @typedef {object} FoundPython
 * @property {string} executable  the real interpreter, not a shim
 * @property {string} version  "3.11.7"
 * @property {string} minor  "3.11"
 * @property {boolean} venv  whether it can create an environment (Debian ships Python without venv)
 */

/** @typedef {{command: string, reason: string}} RejectedPython  an unsuitable interpreter and the reason */
/** @typedef {{env: Record<string, string | undefined>, platform: string, home: string}} Machine */

// Only the interpreter itself can reveal a shim, a store stub or a 32-bit build. It prints one line of JSON.
const question = [
  "import sys, json, importlib.util as u",
  "print(json.dumps({'executable': sys.executable, 'version': list(sys.version_info[:3]),",
  " 'venv': all(u.find_spec(m) is not None for m in ('venv', 'ensurepip')), 'bits': 64 if sys.maxsize > 2**32 else 32}))",
].join("\n");

/**
 * Returns the commands that may be a Python, in search order. A desktop session often lacks the terminal's PATH, so
 * the usual prefixes are included.
 * @param {Machine} machine
 * @returns {string[][]} each a command with its arguments
 */
export function pythonCandidates({ env, platform, home }) {
  if (env.NAMEWRIGHT_PYTHON) return [[env.NAMEWRIGHT_PYTHON]];
  if (platform === "win32") return windowsCandidates(env, home);
  const names = ["python3", ...supportedMinors.map((minor) => `python3.${minor}`), "python"];
  const onPath = (env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const folders = [
    ...onPath,
    ...(platform === "darwin" ? macFolders() : linuxFolders(home)),
    `${home}/.local/bin`,
    ...pyenvFolders(env, home),
    ...condaFolders(home),
    ...uvFolders(home),
  ].filter((folder) => platform !== "darwin" || folder !== "/usr/bin" || existsSync(macTools));
  const files = [...new Set(folders)].flatMap((folder) => names.map((name) => path.join(folder, name)));
  return files.filter((file) => existsSync(file)).map((file) => [file]);
}

/** Without these tools, /usr/bin/python3 on a Mac is a stub that opens an installation dialog. */
const macTools = "/Library/Developer/CommandLineTools/usr/bin/python3";

/** Returns the folders of Homebrew (both architectures), MacPorts, python.org and Apple, which a GUI's PATH lacks. */
function macFolders() {
  const perMinor = supportedMinors.flatMap((minor) => [
    `/opt/homebrew/opt/python@3.${minor}/bin`,
    `/usr/local/opt/python@3.${minor}/bin`,
    `/Library/Frameworks/Python.framework/Versions/3.${minor}/bin`,
  ]);
  return ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin", ...perMinor, "/usr/bin"];
}

/** @param {string} home */
function linuxFolders(home) {
  const nix = [`${home}/.nix-profile/bin`, "/run/current-system/sw/bin"];
  return ["/usr/local/bin", "/usr/bin", "/home/linuxbrew/.linuxbrew/bin", ...nix];
}

/** @param {string} home */
function condaFolders(home) {
  const homes = ["miniforge3", "mambaforge", "miniconda3", "anaconda3"].map((name) => path.join(home, name));
  return [...homes, "/opt/conda"].map((folder) => path.join(folder, "bin"));
}

/** @param {string} home */
function uvFolders(home) {
  const versions = path.join(home, ".local", "share", "uv", "python");
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((name) => /^cpython-3\.1\d/.test(name))
    .map((name) => path.join(versions, name, "bin"));
}

/**
 * Returns the commands on the PATH, the launcher in its default place, and the interpreters that it would find.
 * @param {Record<string, string | undefined>} env
 * @param {string} home
 */
function windowsCandidates(env, home) {
  const programs = path.join(env.LOCALAPPDATA || path.join(home, "AppData", "Local"), "Programs", "Python");
  const launchers = [
    path.join(env.SYSTEMROOT || "C:\\Windows", "py.exe"),
    path.join(programs, "Launcher", "py.exe"),
  ];
  const launcher = ["py", ...launchers.filter((file) => existsSync(file))];
  const installed = supportedMinors
    .map((minor) => path.join(programs, `Python3${minor}`, "python.exe"))
    .filter((file) => existsSync(file));
  return [
    ["python"],
    ["python3"],
    ...launcher.flatMap((file) => [[file, "-3"], ...supportedMinors.map((minor) => [file, `-3.${minor}`])]),
    ...installed.map((file) => [file]),
  ];
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
 * Asks one interpreter for its version and features.
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
          reason: `printed ${JSON.stringify(firstLine(stdout))} instead of its version`,
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
  if (major !== 3 || minor < 10) return { command, reason: `is ${shown}; 3.10 or newer is required` };
  if (bits !== 64) return { command, reason: "is a 32-bit build, which torch doesn't support" };
  return { executable: executable || command, version: shown, minor: `${major}.${minor}`, venv };
}

/**
 * Finds a Python ≥ 3.10 that can create an environment: the first that our packages have wheels for, otherwise a newer
 * one. If there is none, `found` is null and `rejected` lists what was tried.
 * @param {Machine & {needsVenv?: boolean}} machine  needsVenv: false if `uv` creates the environment
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
