// Kills host, trainer and inference process with -9 at every stage: the twenty kills of `npm test`, with ten other seeds.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const name = "kills";

const LAPS = 10;
const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");

/** Runs one lap and returns its output. */
function lap(seed) {
  const child = spawn(process.execPath, [vitest, "run", "e2e/kills.test.ts"], {
    cwd: root,
    env: { ...process.env, NAMEWRIGHT_KILL_SEED: String(seed), NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(said) : reject(new Error(`seed ${seed} exited with code ${code}:\n${said}`)),
    );
  });
}

export async function run({ say }) {
  let kills = 0;
  for (let seed = 1; seed <= LAPS; seed += 1) {
    const lines = (await lap(seed)).split("\n").filter((line) => /^\d+ kills \(/.test(line));
    for (const line of lines) {
      kills += Number.parseInt(line, 10);
      say(`seed ${seed}: ${line}`);
    }
  }
  return `${kills} kills with ${LAPS} seeds; every run matched an undisturbed one`;
}
