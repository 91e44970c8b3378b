// Runs checks and test suites, two at a time outside of CI, because most tests wait for processes and pages half of the
// time. Sums up their counts.
import { existsSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";
import path from "node:path";
import { summaryLine } from "./counts.mjs";
import { elapsed, say } from "./report.mjs";
import { runLabeled, wasInterrupted } from "./run.mjs";

const root = path.resolve(import.meta.dirname, "../..");

export const passed = { passed: 1, failed: 0, skipped: [] };
export const failed = { passed: 0, failed: 1, skipped: [] };

/**
 * Suites that run at the same time. Trainings, models and browsers of two suites don't fit into a small memory. In CI, a
 * false alarm from a busy machine costs more than the minutes that are saved.
 */
const atOnce = totalmem() >= 12e9 && !process.env.CI ? 2 : 1;

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {() => Promise<import("./counts.mjs").Counts>} run
 */

/** @param {string} name @param {string} reason @returns {Suite} a suite that can't run here */
export function skippedSuite(name, reason) {
  const skipped = [{ name: "every test", reason }];
  return { name, run: async () => ({ passed: 0, failed: 0, skipped }) };
}

/** @returns {Suite} a check that passes or fails as a whole */
export function check(name, file, words) {
  return { name, run: async () => ((await run(name, file, words)) === 0 ? passed : failed) };
}

/**
 * Returns a test run that writes a report. A run that fails without a failed test (a crash) counts as one failure.
 * @param {string} name
 * @param {{report: string, read: (text: string) => import("./counts.mjs").Counts}} report
 * @returns {Suite}
 */
export function suite(name, { report, read }, file, words, options) {
  const counted = async () => {
    const code = await run(name, file, words, options);
    if (!existsSync(report)) return failed;
    const counts = read(readFileSync(report, "utf8"));
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  };
  return { name, run: counted };
}

const run = (name, file, words, { cwd = root, env = {} } = {}) =>
  runLabeled(name, file, words, { cwd, env: { ...process.env, ...env } });

/**
 * Runs the suites in their order and prints a summary, with the line of counts on standard output at the end.
 * @param {Suite[]} suites
 * @param {{name: string, counts: import("./counts.mjs").Counts, took: string}[]} [before]  results that are known already
 * @returns {Promise<number>} the exit code: 1 if anything failed, 130 after an interruption
 */
export async function runSuites(suites, before = []) {
  const results = [...before];
  const waiting = [...suites];
  const runWaiting = async () => {
    while (waiting.length > 0 && !wasInterrupted()) {
      const { name, run: runOne } = waiting.shift();
      const begun = Date.now();
      say(`── ${name}: started`);
      const result = { name, counts: await runOne(), took: elapsed(begun) };
      say(`── ${name}: ${summaryLine([result.counts])} (${result.took})`);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runWaiting));
  const exitCode = summarize(results);
  return wasInterrupted() ? 130 : exitCode;
}

function summarize(results) {
  say("\n── summary");
  for (const { name, counts, took } of results)
    say(`  ${name.padEnd(24)} ${summaryLine([counts])} (${took})`);
  const skipped = results.flatMap(({ name, counts }) =>
    counts.skipped.map((one) => ({ suite: name, ...one })),
  );
  for (const { suite: from, name, reason } of skipped) say(`  skipped in ${from}: ${name}: ${reason}`);
  const all = results.map(({ counts }) => counts);
  process.stdout.write(`${summaryLine(all)}\n`);
  return all.some((counts) => counts.failed > 0) ? 1 : 0;
}
