// Measures how cost grows: lint, leak scan and comparison at rows × 1, 10, 100, with time and memory.
// Each figure comes from a separate process, so that its peak memory is separate too.
import { fileURLToPath } from "node:url";
import { runAndTime } from "../lib/runAndTime.mjs";

const program = fileURLToPath(import.meta.url);
const sizes = [1000, 10_000, 100_000];

/** Returns seeded made-up descriptions of 14 to 25 words from 8,000. About one in a hundred resembles an earlier one. */
function descriptionsOf(count, seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const letters = (length) =>
    Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
  const vocabulary = Array.from({ length: 8000 }, () => letters(3 + Math.floor(random() * 7)));
  const word = () => vocabulary[Math.floor(random() * vocabulary.length)];
  const made = [];
  for (let at = 0; at < count; at += 1) {
    const near = at > 0 && random() < 0.01;
    const words = Array.from({ length: 14 + Math.floor(random() * 12) }, word);
    made.push(near ? `${made[Math.floor(random() * at)]} ${word()}` : words.join(" "));
  }
  return made;
}

async function lint(rows) {
  const { writeDataset } = await import("../../shared/domain/dataset/write.ts");
  const { lintFile } = await import("../../shared/domain/lint/lintFile.ts");
  const names = (at) => [1, 2, 3, 4, 5].map((n) => `name-${at.toString(36)}-${n}`);
  const text = writeDataset(
    descriptionsOf(rows, 1).map((description, at) => ({ description, suggestions: names(at) })),
  );
  const bytes = new TextEncoder().encode(text);
  return () => `${lintFile({ file: "rows.csv", bytes }).warnings} warnings`;
}

async function leaks(rows) {
  const { findLeaks } = await import("../../shared/domain/neardup/leaks.ts");
  const numbered = (texts) => texts.map((description, at) => ({ row: at + 1, description }));
  const test = descriptionsOf(rows / 10, 2);
  // Some rows of the test set are near duplicates of training rows.
  const train = descriptionsOf(rows, 3).map((text, at) => (at % 500 === 0 ? `${test[at / 500]} too` : text));
  return () => `${findLeaks(numbered(train), numbered(test)).length} leaks`;
}

async function comparison(rows) {
  const { mkdtempSync, readFileSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { join } = await import("node:path");
  const { writeVersion } = await import("./resultsFiles.mjs");
  const { compareResults } = await import("../../shared/domain/comparison/compare.ts");
  const { readResults } = await import("../../shared/domain/results/read.ts");
  const { ComparisonSettingsSchema } = await import("../../shared/schema/comparison.ts");
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  const files = ["v1", "v2"].map((version) => join(folder, `${version}.csv`));
  for (const [at, file] of files.entries()) await writeVersion(file, at + 1, rows);
  const bytes = files.map((file) => readFileSync(file));
  rmSync(folder, { recursive: true, force: true });
  return () => {
    const [one, other] = bytes.map((data, at) => ({
      name: `v${at + 1}`,
      results: readResults(data, `v${at + 1}.csv`),
    }));
    const settings = ComparisonSettingsSchema.parse({});
    return compareResults(one, other, { settings, pooledSlices: {}, looks: null }).decision;
  };
}

const works = { lint, leaks, comparison };
const titles = {
  lint: "lint of one file",
  leaks: "leak scan against a tenth as many rows",
  comparison: "comparison of two results files, 10,000 draws",
};

/** Measures one figure in a separate process. */
function figure(work, rows) {
  return JSON.parse(runAndTime(process.execPath, [program, work, String(rows)]).stdout);
}

/** @returns {Promise<{markdown: string}>} a separate table, because cost is a curve, not a ratio */
export async function measure({ say }) {
  const lines = [];
  for (const work of Object.keys(works)) {
    const cells = [];
    for (const rows of sizes) {
      const { seconds, peak, found } = figure(work, rows);
      say(`growth: ${work}, ${rows} rows: ${seconds.toFixed(2)} s, ${Math.round(peak)} MB, ${found}`);
      cells.push({ seconds, text: `${seconds.toFixed(2)} s, ${Math.round(peak)} MB` });
    }
    const grown = cells.slice(1).map(({ seconds }, at) => `×${(seconds / cells[at].seconds).toFixed(1)}`);
    lines.push(`| ${titles[work]} | ${cells.map(({ text }) => text).join(" | ")} | ${grown.join(", ")} |`);
  }
  const heads = sizes.map((rows) => `${rows.toLocaleString("en")} rows`).join(" | ");
  const table = [
    `| Cost as the work grows (time, peak memory of the process) | ${heads} | from step to step |`,
    "|---|---:|---:|---:|---|",
    ...lines,
  ];
  return { markdown: table.join("\n") };
}

if (process.argv[1] === program && process.argv[2] in works) {
  const work = await works[process.argv[2]](Number(process.argv[3]));
  const begun = performance.now();
  const found = work();
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(JSON.stringify({ seconds, peak: process.resourceUsage().maxRSS / 1e3, found }));
}
