import { spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const ending = ["SIGINT", "SIGTERM", "SIGHUP"];
let interrupted = false;

/** Returns whether a signal arrived while a command ran in the foreground. Nothing more should start then. */
export function wasInterrupted() {
  return interrupted;
}

/**
 * Runs a command attached to the terminal and waits for it. Ctrl-C reaches it from the terminal, as part of our process
 * group. This process stays until the command ends, so that the prompt returns after its last output.
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(file, words, { cwd, env } = {}) {
  return waitFor(spawn(file, words, { cwd, env, stdio: "inherit" }), file);
}

/**
 * Like `runInForeground`, but with a label before each line of output, so that commands can run at the same time.
 * @returns {Promise<number>} its exit code
 */
export function runLabeled(label, file, words, { cwd, env } = {}) {
  const child = spawn(file, words, { cwd, env, stdio: ["inherit", "pipe", "pipe"] });
  for (const [stream, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])
    createInterface(stream).on("line", (line) => to.write(`${label} | ${line}\n`));
  return waitFor(child, file);
}

function waitFor(child, file) {
  return new Promise((resolve) => {
    const listeners = ending.map((signal) => {
      const listener = () => {
        interrupted = true;
        if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
      };
      process.on(signal, listener);
      return { signal, listener };
    });
    const end = (code) => {
      for (const { signal, listener } of listeners) process.off(signal, listener);
      resolve(code);
    };
    child.on("error", (error) => {
      process.stderr.write(`${path.basename(file)}: ${error.message}\n`);
      end(127);
    });
    child.on("close", (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
