import { spawnSync } from "node:child_process";

/**
 * Runs a program and waits for it. Returns what it printed and how long it took. Throws unless it exits with one of the
 * `accepted` codes.
 */
export function runAndTime(file, words, { accepted = [0], ...options } = {}) {
  const begun = performance.now();
  const { status, stdout, stderr, error } = spawnSync(file, words, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  const seconds = (performance.now() - begun) / 1000;
  if (!accepted.includes(status))
    throw new Error(
      `${words.join(" ")} exited with code ${status}: ${error?.message ?? stderr?.slice(-600)}`,
    );
  return { seconds, stdout, stderr };
}
