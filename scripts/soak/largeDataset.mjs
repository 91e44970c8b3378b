// Describes, lints and pages through a 300 MB dataset in bounded memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeLargeCsv } from "../lib/largeCsv.mjs";
import { runAndTime } from "../lib/runAndTime.mjs";

export const name = "large-dataset";

/** The maximum peak resident size, in MB. Node itself takes about 100. */
const MOST_MEGABYTES = 450;
const FILE_BYTES = 300e6;
const program = fileURLToPath(new URL("../../e2e/support/largeDataset.ts", import.meta.url));

function measured(kind, file) {
  const { stdout } = runAndTime(process.execPath, [program, kind, file]);
  const { result, peak, seconds } = JSON.parse(stdout);
  if (peak > MOST_MEGABYTES)
    throw new Error(`${kind} used ${Math.round(peak)} MB of memory; the maximum is ${MOST_MEGABYTES} MB`);
  return { result, line: `${kind} ${seconds.toFixed(0)} s, ${Math.round(peak)} MB` };
}

function expect(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

export async function run({ say }) {
  const folder = mkdtempSync(path.join(tmpdir(), "soak-"));
  try {
    const file = path.join(folder, "rows.csv");
    const rows = await writeLargeCsv(file, FILE_BYTES);
    say(`${rows} rows written`);
    const stats = measured("stats", file);
    say(stats.line);
    expect("rows described", stats.result.rows, rows);
    expect("names", stats.result.names.unique, stats.result.names.count);
    const lint = measured("lint", file);
    say(lint.line);
    expect("rows linted", lint.result.files[0].rows, rows);
    expect("errors", lint.result.files[0].errors, 0);
    const read = measured("read", file);
    say(read.line);
    expect("last row shown", read.result.last.rows.at(-1).row, rows);
    return [`${rows} rows`, stats.line, lint.line, read.line].join("; ");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
