import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a command that talks to the terminal itself, and waits for it. Ctrl-C reaches it from the terminal, as part of
 * our process group; we stay until it has ended, so that the prompt does not come back before its last words.
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(file, words, { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, words, { cwd, env, stdio: "inherit" });
    const stay = () => {};
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", process.stdin.isTTY ? stay : pass);
    process.on("SIGTERM", pass);
    process.on("SIGHUP", pass);
    const end = (code) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
        process.off(signal, stay);
        process.off(signal, pass);
      }
      resolve(code);
    };
    child.on("error", (error) => {
      process.stderr.write(`${file}: ${error.message}\n`);
      end(127);
    });
    child.on("close", (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
