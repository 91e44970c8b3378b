// A dataset of 300 MB: described, linted and paged through in bounded memory; and a cell of 100 MB.
import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";

export const name = "large-dataset";

/** The peak resident size, of which Node itself takes about 100, that none may exceed, in MB. */
const MOST_MEGABYTES = 450;
const FILE_BYTES = 300e6;
const program = fileURLToPath(new URL("../../e2e/support/largeDataset.ts", import.meta.url));

/** Rows of made-up words, five names each but for every fifth row, until the file is large enough. */
async function writeRows(file) {
  const out = createWriteStream(file);
  const vocabulary = Array.from({ length: 8000 }, (_, at) => (at * 104_729 + 7919).toString(36));
  let seed = 1;
  const word = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return vocabulary[Math.floor((seed / 2 ** 32) * vocabulary.length)];
  };
  let bytes = 0;
  let row = 0;
  const put = async (text) => {
    bytes += text.length;
    if (!out.write(text)) await new Promise((resolve) => out.once("drain", resolve));
  };
  await put("description,suggestions\n");
  while (bytes < FILE_BYTES) {
    row += 1;
    const description = Array.from({ length: 15 }, word).join(" ");
    const names = Array.from({ length: 5 }, (_, at) => `${word()}-${row.toString(36)}${at}`);
    const cell = row % 5 === 0 ? "[]" : `"${JSON.stringify(names).replaceAll('"', '""')}"`;
    await put(`"${description}, né",${cell}\n`);
  }
  out.end();
  await finished(out);
  return row;
}

function measured(kind, file) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, kind, file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${kind} ended with ${status}: ${stderr.slice(-500)}`);
  const { result, peak, seconds } = JSON.parse(stdout);
  if (peak > MOST_MEGABYTES) throw new Error(`${kind} took ${Math.round(peak)} MB of memory`);
  return { result, line: `${kind} ${seconds.toFixed(0)} s, ${Math.round(peak)} MB` };
}

function expect(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
}

export async function run({ say }) {
  const folder = mkdtempSync(path.join(tmpdir(), "soak-"));
  try {
    const file = path.join(folder, "rows.csv");
    const rows = await writeRows(file);
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
