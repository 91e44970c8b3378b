// Measures the start of the bundled terminal against the start of Node.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { runAndTime } from "../lib/runAndTime.mjs";
import { interleave, median } from "./measure.mjs";
import { writeVersion } from "./resultsFiles.mjs";

/** Returns the seconds of a command. A failed check is a valid answer too. */
function secondsOf(node, words, cwd) {
  return runAndTime(node, words, { cwd, accepted: [0, 1] }).seconds;
}

/** Returns the median processor time of the main thread over a few runs, in milliseconds, or null if unknown. */
function processorTime(node, words, cwd) {
  const preload = fileURLToPath(new URL("processorTime.mjs", import.meta.url));
  const used = Array.from({ length: 5 }, () => {
    const preloaded = ["--import", pathToFileURL(preload).href, ...words];
    const { stderr } = runAndTime(node, preloaded, { cwd, accepted: [0, 1] });
    return Number.parseFloat(stderr.trimEnd().split("\n").at(-1));
  });
  return used.some(Number.isNaN) ? null : Math.round(median(used));
}

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, scratch }) {
  const node = process.execPath;
  const cli = path.join(root, "out", "cli.js");
  const files = ["v1", "v2"].map((version) => path.join(scratch, `start-${version}.csv`));
  const commands = [
    {
      name: "dataset stats",
      words: [cli, "dataset", "stats", path.join(tinySample, "data", "dataset_v1.csv"), "--quiet"],
    },
    { name: "compare", words: [cli, "compare", ...files, "--quiet"] },
  ];
  const common = { against: "`node -e 0`", goal: 6, aim: 3, better: "lower" };
  if (!existsSync(cli))
    return commands.map(({ name }) => ({
      ...common,
      what: `start: ${name}`,
      missing: "out/cli.js is not built",
    }));
  for (const [index, file] of files.entries()) await writeVersion(file, index + 1, 360);
  const measures = [];
  for (const { name, words } of commands) {
    say(`start: ${name}`);
    const found = await interleave({
      pairs: 15,
      baseline: async () => secondsOf(node, ["-e", "0"], root),
      ours: async () => secondsOf(node, words, root),
    });
    const ms = (seconds) => `${Math.round(seconds * 1000)} ms`;
    const [own, node0] = [processorTime(node, words, root), processorTime(node, ["-e", "0"], root)];
    const processor =
      own === null || node0 === null ? "" : `; main thread's processor time ${own} ms against ${node0} ms`;
    const least = (pick) => Math.min(...found.map(pick));
    measures.push({
      ...common,
      what: `start of the bundled terminal: ${name}${name === "compare" ? " (two files of 360 rows, 10,000 draws)" : ""}`,
      ratios: found.map(({ baseline, ours }) => ours / baseline),
      note: `quickest ${ms(least(({ ours }) => ours))} against ${ms(least(({ baseline }) => baseline))}${processor}`,
    });
  }
  return measures;
}
