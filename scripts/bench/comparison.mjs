// Measures the comparison of two results files of 100,000 rows against the same figures in numpy and pandas. Both read
// the files and run in separate processes.
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runAndTime } from "../lib/runAndTime.mjs";
import { interleave } from "./measure.mjs";
import { writeVersion } from "./resultsFiles.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const rows = Number(process.env.NAMEWRIGHT_BENCH_ROWS ?? 100_000);

/** Runs a command. Returns its time in seconds and its answer. */
function run(file, words, cwd) {
  const { seconds, stdout } = runAndTime(file, words, { cwd, accepted: [0, 1] });
  return { seconds, answer: JSON.parse(stdout) };
}

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, python, scratch }) {
  mkdirSync(scratch, { recursive: true });
  const files = [1, 2].map((version) => path.join(scratch, `results-${rows}-v${version}.csv`));
  for (const [index, file] of files.entries()) {
    if (existsSync(file)) continue;
    say(`comparison: writing ${path.basename(file)}`);
    await writeVersion(file, index + 1, rows);
  }
  say("comparison: numpy and ours in turn");
  const cli = path.join(root, "out", "cli.js");
  const found = await interleave({
    pairs: Number(process.env.BENCH_PAIRS ?? 3),
    warmUp: false,
    baseline: async () => run(python, [path.join(here, "compare.py"), ...files], root),
    ours: async () => run(process.execPath, [cli, "compare", ...files, "--json", "--quiet"], root),
  });
  const { ours, baseline } = found.at(-1);
  const [theirs, own] = [
    baseline.answer.difference.delivered[0],
    ours.answer.difference.deliveredQuality.ci95,
  ];
  const interval = (ends) => `[${ends.map((end) => end.toFixed(5)).join(", ")}]`;
  return [
    {
      what: `comparison of two ${rows.toLocaleString("en")}-row results files, 10,000 bootstrap draws`,
      against: "the same in numpy and pandas",
      better: "lower",
      goal: 1,
      aim: 0.25,
      ratios: found.map((pair) => pair.ours.seconds / pair.baseline.seconds),
      note: `${ours.seconds.toFixed(1)} s against ${baseline.seconds.toFixed(1)} s, reading included; delivered quality ${interval(own)} and ${interval(theirs)}`,
    },
  ];
}
