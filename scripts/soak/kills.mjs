// Kills host, trainer and inference process with -9 at every stage: the twenty kills of `npm test`, with ten other seeds.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runAndTime } from "../lib/runAndTime.mjs";

export const name = "kills";

const LAPS = 10;
const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");

/** Runs one lap and returns its output. */
function lap(seed) {
  const env = { ...process.env, NAMEWRIGHT_KILL_SEED: String(seed), NO_COLOR: "1" };
  const words = [vitest, "run", "e2e/kills.test.ts"];
  const { stdout, stderr } = runAndTime(process.execPath, words, { cwd: root, env });
  return `${stdout}\n${stderr}`;
}

export async function run({ say }) {
  let kills = 0;
  for (let seed = 1; seed <= LAPS; seed += 1) {
    const lines = lap(seed)
      .split("\n")
      .filter((line) => /^\d+ kills \(/.test(line));
    for (const line of lines) {
      kills += Number.parseInt(line, 10);
      say(`seed ${seed}: ${line}`);
    }
  }
  return `${kills} kills with ${LAPS} seeds; every run matched an undisturbed one`;
}
