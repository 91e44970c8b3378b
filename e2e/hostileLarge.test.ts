import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { appendFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DatasetStatsSchema, LintReportSchema } from "../shared/schema/dataset.ts";
import { DocumentRowsSchema } from "../shared/schema/document.ts";

const program = fileURLToPath(new URL("support/largeDataset.ts", import.meta.url));
let folder: string;
let rows: string;
let cell: string;
const megabyte = 1e6;
const rowCount = 20_000;

const vocabulary = Array.from({ length: 5000 }, (_, at) => (at * 104_729 + 7919).toString(36));

/** Returns a long row unlike the others, with a line break inside a cell. */
function rowText(row: number): string {
  const words = Array.from({ length: 150 }, (_, at) => vocabulary[(row * 7919 + at * 31 * row) % 5000]);
  return `"Row ${row}\n${words.join(" ")} é",[]\r\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "large-"));
  rows = path.join(folder, "rows.csv");
  const out = createWriteStream(rows);
  out.write("description,suggestions\r\n");
  for (let row = 1; row <= rowCount; row += 1) out.write(rowText(row));
  out.end();
  await finished(out);
  cell = path.join(folder, "cell.csv");
  await writeFile(cell, 'description,suggestions\nfirst,[]\n"');
  for (let part = 0; part < 100; part += 1) await appendFile(cell, "ab\n, ".repeat(200_000));
  await appendFile(cell, '",[]\nlast,[]\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns what the program reports about a file, and by how many megabytes its memory grew. */
async function measured<T>(kind: string, file: string, schema: z.ZodType<T>) {
  // A small heap: unused memory is freed at once, and a whole file in memory would not fit.
  const words = ["--max-semi-space-size=1", "--max-old-space-size=64", program, kind, file];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code).toBe(0);
  return z.object({ result: schema, megabytes: z.number() }).parse(JSON.parse(text));
}

describe("a large file", () => {
  it("is described using a fraction of its size in memory", async () => {
    const size = (await stat(rows)).size / megabyte;
    expect(size).toBeGreaterThan(17);
    const { result, megabytes } = await measured("stats", rows, DatasetStatsSchema);
    expect(result).toMatchObject({ rows: rowCount, refusals: rowCount });
    expect(megabytes).toBeLessThan(60);
  });

  it("is shown page by page, with no more work for the last page than for the first", async () => {
    const Pages = z.object({ first: DocumentRowsSchema, last: DocumentRowsSchema });
    const { result } = await measured("read", rows, Pages);
    expect(result.first.rows.map(({ row }) => row)).toEqual([1, 2]);
    expect(`"${result.first.rows[0]?.cells[0]}",[]\r\n`).toBe(rowText(1));
    expect(result.last).toMatchObject({ total: rowCount, exact: true });
    const [before, last] = result.last.rows;
    expect([before?.row, last?.row]).toEqual([rowCount - 1, rowCount]);
    expect(`"${last?.cells[0]}",[]\r\n`).toBe(rowText(rowCount));
  });
});

describe("a cell of 100 MB", () => {
  it("is one finding with row and column, in bounded memory, and other rows are read", async () => {
    const { result, megabytes } = await measured("lint", cell, LintReportSchema);
    const [report] = result.files;
    expect(report).toMatchObject({ rows: 3, refusals: 3, errors: 1 });
    expect(report?.findings).toMatchObject([
      { rule: "cell-too-long", severity: "error", row: 2, line: 3, column: "description" },
    ]);
    expect(megabytes).toBeLessThan(80);
  });

  it("is shown truncated and marked as such", async () => {
    const Pages = z.object({ first: DocumentRowsSchema, last: DocumentRowsSchema });
    const { result } = await measured("read", cell, Pages);
    const [long, last] = result.last.rows;
    expect([long?.row, long?.cut, long?.cells[0]?.length]).toEqual([2, [0], 1024 * 1024]);
    expect(last).toMatchObject({ row: 3, cells: ["last", "[]"] });
    expect(last?.cut).toBeUndefined();
  });
});
