// Runs Namewright's own commands, with the memory that they take.
import { spawn } from "node:child_process";
import path from "node:path";
import { watchProcesses } from "./processes.mjs";

const root = path.resolve(import.meta.dirname, "../..");

/** A command that failed, with the end of what it said. */
class CommandFailure extends Error {}

/**
 * @typedef {object} Finished
 * @property {number} code
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} seconds
 * @property {ReturnType<ReturnType<typeof watchProcesses>["stop"]>} memory
 */

/**
 * Runs a program until it ends. It gets a process group of its own: Ctrl-C reaches only the rehearsal, which then ends it.
 * @param {string} file
 * @param {readonly string[]} words
 * @param {{env: NodeJS.ProcessEnv, cwd?: string, signal: AbortSignal, log: (text: string) => void,
 *   whileRunning?: (kill: () => void) => () => void}} options  `whileRunning` may kill it, and returns how to stop watching
 * @returns {Promise<Finished>}
 */
export function runProgram(file, words, { env, cwd, signal, log, whileRunning }) {
  signal.throwIfAborted();
  const begun = performance.now();
  const child = spawn(file, [...words], { env, cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    const watch = watchProcesses(child.pid);
    signal.addEventListener("abort", watch.kill);
    const stopWatching = whileRunning?.(() => watch.kill());
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said.stderr += text;
      log(text);
    });
    child.on("close", (code) => {
      signal.removeEventListener("abort", watch.kill);
      stopWatching?.();
      const seconds = (performance.now() - begun) / 1000;
      const finished = { code: code ?? 137, ...said, seconds, memory: watch.stop() };
      if (signal.aborted) reject(signal.reason);
      else resolve(finished);
    });
  });
}

/**
 * Returns a function that runs one command of Namewright with `--json`.
 * @param {{node: string, workspace: string, env: NodeJS.ProcessEnv, signal: AbortSignal, log: (text: string) => void}} setting
 */
export function commandRunner({ node, workspace, env, signal, log }) {
  const launcher = path.join(root, "bin", "namewright.mjs");
  /**
   * @param {readonly string[]} words
   * @returns {Promise<Finished & {document: any}>} `document` is null after a kill
   * @throws CommandFailure unless it exits with one of the `accepted` codes
   */
  return async (words, { accepted = [0], whileRunning } = {}) => {
    const all = [launcher, ...words, "--json"];
    const finished = await runProgram(node, all, { env, cwd: workspace, signal, log, whileRunning });
    const document = finished.stdout === "" ? null : JSON.parse(finished.stdout);
    if (!accepted.includes(finished.code)) {
      const said = document?.error?.message ?? finished.stderr.trim().slice(-600);
      throw new CommandFailure(`namewright ${words[0]} exited with code ${finished.code}: ${said}`);
    }
    return { ...finished, document };
  };
}
