// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How long a command may take to end after an abort, before it is killed. */
const graceMs = 3_000;

const passedOn = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Runs a command and passes on its output line by line, stdout and stderr together. A signal that ends this process
 * ends the child too, so that it doesn't keep writing. With an AbortSignal, a process that handles a signal itself
 * receives it once.
 * @param {string} file
 * @param {string[]} words
 * @param {{onLine?: (line: string) => void, onStart?: (pid: number) => void, env?: NodeJS.ProcessEnv, cwd?: string,
 *   signal?: AbortSignal | undefined}} [options]  the signal ends the command; the result comes when it has ended
 * @returns {Promise<{code: number, lines: string[]}>} code is 127 if it couldn't start and 128 if it was killed
 */
export function runLines(file, words, { onLine = () => {}, onStart = () => {}, env, cwd, signal } = {}) {
  return new Promise((resolve) => {
    /** @type {string[]} */
    const lines = [];
    const child = spawn(file, words, {
      env,
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    if (child.pid !== undefined) onStart(child.pid);
    const stops = [passSignals(child, signal !== undefined), endOnAbort(child, signal)];
    const stop = () => {
      for (const one of stops) one();
    };
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        onLine(line);
      });
    child.on("error", (error) => {
      // A started command still closes.
      if (child.pid !== undefined) return;
      stop();
      resolve({ code: 127, lines: [...lines, error.message] });
    });
    child.on("close", (code) => {
      stop();
      resolve({ code: code ?? 128, lines });
    });
  });
}

/**
 * Passes signals to the child before they end this process, until the returned function is called.
 * @param {import("node:child_process").ChildProcess} child
 * @param {boolean} inHost  whether the process may handle signals itself
 * @returns {() => void}
 */
function passSignals(child, inHost) {
  const listeners = passedOn.map((signal) => {
    // Asked now: a host's own listener may be gone when ours is called.
    const handled = inHost && process.listenerCount(signal) > 0;
    const listener = () => {
      child.kill(signal);
      stop();
      if (!handled) process.kill(process.pid, signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const stop = () => {
    for (const remove of listeners) remove();
  };
  return stop;
}

/**
 * Ends the child when the signal aborts, until the returned function is called.
 * @param {import("node:child_process").ChildProcess} child
 * @param {AbortSignal | undefined} signal
 * @returns {() => void}
 */
function endOnAbort(child, signal) {
  /** @type {NodeJS.Timeout | undefined} */
  let grace;
  const end = () => {
    child.kill();
    grace = setTimeout(() => {
      child.kill("SIGKILL");
      // A process that the child started may keep them open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, graceMs);
  };
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end, { once: true });
  return () => {
    signal?.removeEventListener("abort", end);
    clearTimeout(grace);
  };
}
