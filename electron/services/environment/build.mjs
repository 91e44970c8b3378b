// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { execFile } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processStart } from "../processes/processIdentity.mjs";
import { runLines } from "./child.mjs";
import { findPython } from "./findPython.mjs";
import {
  environmentFolder,
  environmentsFolder,
  listEnvironments,
  pythonInside,
  requirementsHash,
} from "./folders.mjs";
import { failureReason, pipProgress } from "./pip.mjs";
import { withLock } from "./setupLock.mjs";
import { cpuIndex, nvidiaGpus, pinnedTorch, wantsCpuTorch, whyNoCpuTorch } from "./torch.mjs";

/** @typedef {import("./folders.mjs").PythonEnvironment} PythonEnvironment */
/** @typedef {import("./folders.mjs").TorchVariant} TorchVariant */
/** @typedef {import("./findPython.mjs").FoundPython} FoundPython */
/** @typedef {import("./findPython.mjs").Machine} Machine */

/**
 * @typedef {object} BuildPlan
 * @property {string} folder  of the new environment
 * @property {FoundPython} python
 * @property {TorchVariant} torch
 * @property {string} requirementsFile
 * @property {boolean} uv  whether uv creates it
 * @property {string} log  receives all output
 */

/** @typedef {Pick<BuildPlan, "folder" | "requirementsFile" | "log"> & {cudaFile: string}} CudaPlan */

/**
 * A setup step failed. `hint` is the remedy.
 * `lines` are the last lines of the failed tool.
 */
export class SetupFailure extends Error {
  /**
   * @param {string} message
   * @param {{hint: string, lines?: string[]}} more
   */
  constructor(message, { hint, lines = [] }) {
    super(message);
    this.name = "SetupFailure";
    this.hint = hint;
    this.lines = lines;
  }
}

/**
 * Returns the environment for a requirements file, and builds it if necessary. A second setup waits for the first and
 * uses its result.
 * @param {object} wanted
 * @param {Machine} wanted.machine
 * @param {string} wanted.userData
 * @param {string} wanted.requirementsFile
 * @param {(text: string) => void} [wanted.onProgress]  receives the current step
 * @param {(text: string) => void} [wanted.onNote]  receives messages that stay on screen
 * @param {(plan: BuildPlan, onProgress: (text: string) => void) => Promise<void>} [wanted.build]
 * @param {() => Promise<string[]>} [wanted.findGpus]  returns the names of the NVIDIA GPUs
 * @param {(plan: CudaPlan, onProgress: (text: string) => void) => Promise<void>} [wanted.addCuda]
 * @returns {Promise<{environment: PythonEnvironment, built: boolean}>}
 * @throws {SetupFailure}
 */
export async function ensureEnvironment(wanted) {
  const gpus = await (wanted.findGpus ?? nvidiaGpus)();
  const found = await environmentFor(wanted, gpus);
  if (gpus.length > 0) await ensureCudaPackages(found.environment, wanted);
  return found;
}

/**
 * @param {Parameters<typeof ensureEnvironment>[0]} wanted
 * @param {string[]} gpus
 * @returns {ReturnType<typeof ensureEnvironment>}
 */
async function environmentFor(wanted, gpus) {
  const { userData, requirementsFile, onNote = () => {} } = wanted;
  const requirements = requirementsHash(readFileSync(requirementsFile, "utf8"));
  const there = () => usableEnvironment(userData, requirements, gpus);
  const already = await there();
  if (already !== null) return { environment: already, built: false };
  const lock = path.join(environmentsFolder(userData), "setup.lock");
  const onWait = (/** @type {{pid: number}} */ owner) =>
    onNote(`waiting for another setup (process ${owner.pid}) that is building the environment`);
  return withLock(
    lock,
    async () => {
      const meanwhile = await there();
      if (meanwhile !== null) return { environment: meanwhile, built: false };
      return { environment: await buildOne(wanted, requirements, gpus), built: true };
    },
    { onWait },
  );
}

/**
 * Installs the packages that only an NVIDIA GPU needs, once. Training works without them, except in 4 bits, so a failure
 * is a note.
 * @param {PythonEnvironment} environment
 * @param {Parameters<typeof ensureEnvironment>[0]} wanted
 */
async function ensureCudaPackages({ folder }, wanted) {
  const { userData, requirementsFile, onProgress = () => {}, onNote = () => {} } = wanted;
  const { addCuda = installCudaPackages } = wanted;
  const cudaFile = path.join(path.dirname(requirementsFile), "requirements-cuda.txt");
  if (!existsSync(cudaFile)) return;
  const hash = requirementsHash(readFileSync(cudaFile, "utf8"));
  const stamp = path.join(folder, ".cuda");
  const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8").trim() === hash;
  if (installed()) return;
  const log = path.join(environmentsFolder(userData), "setup.log");
  try {
    await withLock(path.join(environmentsFolder(userData), "setup.lock"), async () => {
      if (installed()) return;
      await addCuda({ folder, requirementsFile, cudaFile, log }, onProgress);
      writeFileSync(stamp, `${hash}\n`);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onNote(`${reason}. Training in 4 bits (QLoRA) isn't available; run npm run setup to try again`);
  }
}

/**
 * @param {CudaPlan} plan
 * @param {(text: string) => void} onProgress
 */
async function installCudaPackages({ folder, requirementsFile, cudaFile, log }, onProgress) {
  const uv = await answers("uv", ["--version"]);
  const pip = pipCommand(pythonInside(folder), uv);
  // The constraints keep every package that the environment already has.
  const words = [...pip.words, "-r", cudaFile, "-c", requirementsFile];
  try {
    await step(
      { folder, log },
      { what: "the packages for 4-bit training", file: pip.file, words, onProgress },
    );
  } finally {
    rmSync(`${folder}.builder`, { force: true });
  }
}

/**
 * Returns a complete environment for these requirements whose interpreter still runs (its base Python may have been
 * removed) and whose torch supports the GPU, if there is one.
 * @param {string} userData
 * @param {string} requirements  hash
 * @param {string[]} gpus
 * @returns {Promise<PythonEnvironment | null>}
 */
async function usableEnvironment(userData, requirements, gpus) {
  for (const environment of listEnvironments(userData)) {
    const { stamp, python } = environment;
    if (stamp.requirements !== requirements || (gpus.length > 0 && stamp.torch === "cpu")) continue;
    if (await answers(python, ["-c", ""])) return environment;
  }
  return null;
}

/**
 * @param {string} file
 * @param {string[]} words
 * @returns {Promise<boolean>} whether the command ends with 0 within 20 s
 */
export function answers(file, words) {
  return new Promise((resolve) =>
    execFile(file, words, { timeout: 20_000 }, (error) => resolve(error === null)),
  );
}

/**
 * @param {Parameters<typeof ensureEnvironment>[0]} wanted
 * @param {string} requirements  hash
 * @param {string[]} gpus
 * @returns {Promise<PythonEnvironment>}
 */
async function buildOne(wanted, requirements, gpus) {
  const { machine, userData, requirementsFile, onProgress = () => {}, onNote = () => {} } = wanted;
  const { build = buildEnvironment } = wanted;
  onProgress("looking for Python");
  const uv = await answers("uv", ["--version"]);
  const python = await requirePython(machine, !uv);
  onNote(`Python ${python.version} (${python.executable})${uv ? ", environment created with uv" : ""}`);
  for (const torch of await torchVariants({ machine, gpus, python, requirementsFile, onNote, onProgress })) {
    const folder = environmentFolder(userData, { requirements, python: python.minor, torch });
    const log = path.join(environmentsFolder(userData), "setup.log");
    const begun = Date.now();
    await clearRemains(folder);
    writeFileSync(log, `${new Date().toISOString()} ${folder}\n`);
    try {
      await build({ folder, python, torch, requirementsFile, uv, log }, onProgress);
    } catch (error) {
      if (torch !== "cpu" || !(error instanceof SetupFailure)) throw error;
      onNote(`couldn't install the CPU build of torch (${error.message}): using the default build`);
      continue;
    }
    const seconds = Math.round((Date.now() - begun) / 1000);
    const builtAt = new Date().toISOString();
    return complete(folder, { requirements, python: python.minor, torch, builtAt, seconds });
  }
  throw new Error("no variant of torch was tried");
}

/**
 * @param {Machine} machine
 * @param {boolean} needsVenv
 */
async function requirePython(machine, needsVenv) {
  const { found, rejected } = await findPython({ ...machine, needsVenv });
  if (found !== null) return found;
  const seen = rejected.map(({ command, reason }) => `${command}: ${reason}`);
  const lines = seen.length > 0 ? seen : ["no python3 on the PATH or in the usual places"];
  const hint =
    machine.platform === "win32"
      ? "install Python 3.12 (64-bit) from python.org, or set NAMEWRIGHT_PYTHON"
      : machine.platform === "darwin"
        ? "brew install python@3.12, or set NAMEWRIGHT_PYTHON to a Python ≥ 3.10"
        : "apt install python3 python3-venv (or your system's packages), or set NAMEWRIGHT_PYTHON to a Python ≥ 3.10";
  throw new SetupFailure("no Python ≥ 3.10 that can create an environment", { hint, lines });
}

/**
 * The builds of torch to try, in order.
 * @param {{machine: Machine, gpus: string[], python: FoundPython, requirementsFile: string,
 *   onNote: (text: string) => void, onProgress: (text: string) => void}} about
 * @returns {Promise<TorchVariant[]>}
 */
async function torchVariants({ machine, gpus, python, requirementsFile, onNote, onProgress }) {
  const version = pinnedTorch(readFileSync(requirementsFile, "utf8"));
  if (version === null || !wantsCpuTorch({ platform: machine.platform, gpus })) return ["default"];
  onProgress("checking for the CPU build of torch");
  const why = await whyNoCpuTorch({ python: python.executable, minor: python.minor, version });
  if (why === null) return ["cpu", "default"];
  onNote(
    `no NVIDIA GPU, but the smaller CPU build of torch isn't available (${why}): using the default build`,
  );
  return ["default"];
}

/**
 * Removes the remains of an interrupted build. Ends its installer first if it still runs.
 * @param {string} folder
 */
async function clearRemains(folder) {
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(`${folder}.builder`, "utf8"));
    for (let i = 0; i < 50 && processStart(pid) === startedAt; i += 1) {
      process.kill(pid, "SIGKILL");
      await sleep(100);
    }
  } catch {
    // There is no leftover installer.
  }
  rmSync(`${folder}.builder`, { force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * @param {string} folder
 * @param {import("./folders.mjs").EnvironmentStamp} stamp
 * @returns {PythonEnvironment}
 */
function complete(folder, stamp) {
  const file = path.join(folder, ".complete");
  writeFileSync(`${file}.tmp`, `${JSON.stringify(stamp)}\n`);
  renameSync(`${file}.tmp`, file);
  rmSync(`${folder}.builder`, { force: true });
  return { folder, python: pythonInside(folder), stamp };
}

/**
 * Builds an environment with uv, or with venv and pip. If uv fails and this Python has venv, pip is tried: it reads
 * configuration (a company's index, a certificate) that uv doesn't.
 * @param {BuildPlan} plan
 * @param {(text: string) => void} onProgress
 * @throws {SetupFailure} with the tool's last lines
 */
async function buildEnvironment(plan, onProgress) {
  try {
    await install(plan, onProgress);
  } catch (error) {
    if (!plan.uv || !plan.python.venv) throw error;
    onProgress("uv failed; trying pip");
    rmSync(plan.folder, { recursive: true, force: true });
    await install({ ...plan, uv: false }, onProgress);
  }
}

/**
 * @param {BuildPlan} plan
 * @param {(text: string) => void} onProgress
 */
async function install(plan, onProgress) {
  const { folder, python, torch, requirementsFile, uv } = plan;
  const inside = pythonInside(folder);
  const pip = pipCommand(inside, uv);
  const run = (/** @type {string} */ what, /** @type {string} */ file, /** @type {string[]} */ words) =>
    step(plan, { what, file, words, onProgress });
  onProgress("creating the environment");
  if (uv) await run("uv venv", "uv", ["venv", "--python", python.executable, folder]);
  else await run("venv", python.executable, ["-m", "venv", folder]);
  if (torch === "cpu") {
    const version = pinnedTorch(readFileSync(requirementsFile, "utf8"));
    await run("torch (CPU)", pip.file, [...pip.words, `torch==${version}`, "--index-url", cpuIndex]);
  }
  await run("the packages", pip.file, [...pip.words, "-r", requirementsFile]);
  onProgress("testing torch");
  if (pinnedTorch(readFileSync(requirementsFile, "utf8")) !== null)
    await run("torch", inside, ["-c", "import torch; torch.zeros(2).sum()"]);
}

/**
 * Returns the command that installs packages into an environment, without the packages.
 * @param {string} inside  the environment's interpreter
 * @param {boolean} uv
 */
export function pipCommand(inside, uv) {
  return uv
    ? { file: "uv", words: ["pip", "install", "--python", inside] }
    : { file: inside, words: ["-m", "pip", "install", "--progress-bar", "off", "--no-input"] };
}

/**
 * Returns the environment variables of pip, uv and Python.
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOfTools() {
  // The user's own settings must not redirect our packages or expose theirs.
  const { PYTHONPATH: _path, PYTHONHOME: _home, PIP_TARGET: _target, PIP_USER: _user, ...rest } = process.env;
  // A build runs code from packages, which must not see our keys.
  for (const name of ["OPENAI_API_KEY", "HUGGINGFACE_API_TOKEN", "HF_TOKEN"]) delete rest[name];
  return {
    ...rest,
    PYTHONUNBUFFERED: "1",
    PYTHONUTF8: "1",
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    NO_COLOR: "1",
  };
}

/**
 * One command of the build.
 * @param {Pick<BuildPlan, "folder" | "log">} plan
 * @param {{what: string, file: string, words: string[], onProgress: (text: string) => void}} command
 */
async function step(plan, { what, file, words, onProgress }) {
  const onStart = (/** @type {number} */ pid) =>
    writeFileSync(`${plan.folder}.builder`, JSON.stringify({ pid, startedAt: processStart(pid) }));
  const onLine = (/** @type {string} */ line) => {
    appendFileSync(plan.log, `${line}\n`);
    const news = pipProgress(line);
    if (news !== null) onProgress(news);
  };
  const { code, lines } = await runLines(file, words, { onLine, onStart, env: environmentOfTools() });
  if (code === 0) return;
  const { reason, hint, lastLines } = failureReason(lines);
  const log = existsSync(plan.log) ? [`full output: ${plan.log}`] : [];
  throw new SetupFailure(`couldn't install ${what}: ${reason}`, {
    hint,
    lines: [...lastLines, ...log],
  });
}
