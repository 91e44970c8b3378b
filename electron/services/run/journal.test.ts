import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { JournalEntry } from "../../../shared/schema/run.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { encodeEntry, JournalReader, JournalWriter, readJournal } from "./journal.ts";

const files = createFileLayer();
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-journal-"));
  file = path.join(folder, "events.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (seq: number, text = "träin 🙂"): JournalEntry => ({
  seq,
  at: "2026-11-23T00:00:00.000Z",
  event: { kind: "row", key: String(seq), data: { text } },
});
const keysIn = async () =>
  (await readJournal(files, file)).entries.map(({ event }) =>
    event.kind === "row" ? event.key : event.kind,
  );

async function append(...seqs: number[]): Promise<void> {
  const journal = await readJournal(files, file);
  const writer = new JournalWriter({ files, file, journal, now: () => new Date(0), onEntry: () => {} });
  for (const seq of seqs) await writer.append(entry(seq).event);
}

it("keeps earlier lines and writes a complete next one after a tear at any byte, even inside a character", async () => {
  const first = Buffer.from(`${encodeEntry(entry(1))}\n`);
  const second = Buffer.from(`${encodeEntry(entry(2))}\n`);
  for (let cut = 0; cut <= second.length; cut += 1) {
    await writeFile(file, Buffer.concat([first, second.subarray(0, cut)]));
    // Only the newline is missing, so the entry is complete.
    const isWhole = cut >= second.length - 1;
    expect(await keysIn()).toEqual(isWhole ? ["1", "2"] : ["1"]);
    await append(3);
    expect(await keysIn()).toEqual(isWhole ? ["1", "2", "3"] : ["1", "3"]);
    expect((await readJournal(files, file)).skipped).toEqual(isWhole || cut === 0 ? [] : [2]);
  }
});

it("skips and reports a corrupt line, zeros left by a power cut, and a line of another program", async () => {
  const corrupt = encodeEntry(entry(2)).replace("träin", "train");
  await writeFile(
    file,
    [encodeEntry(entry(1)), corrupt, "\0".repeat(80), "hello", encodeEntry(entry(5)), ""].join("\n"),
  );
  const journal = await readJournal(files, file);
  expect(journal.entries.map(({ seq }) => seq)).toEqual([1, 5]);
  expect(journal.skipped).toEqual([2, 3, 4]);
});

it("reads a repeated line once and renumbers an entry whose number is already used", async () => {
  const other = encodeEntry({ ...entry(2), event: { kind: "row", key: "other", data: {} } });
  const lines = [entry(1), entry(2), entry(2)].map(encodeEntry);
  await writeFile(file, [...lines, other, encodeEntry(entry(3)), ""].join("\n"));
  const journal = await readJournal(files, file);
  expect(journal.skipped).toEqual([3]);
  expect(journal.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(await keysIn()).toEqual(["1", "2", "other", "3"]);
});

it("keeps a line of ten megabytes", async () => {
  const huge = encodeEntry(entry(1, "ä🙂".repeat(2_000_000)));
  expect(Buffer.byteLength(huge)).toBeGreaterThan(10_000_000);
  await writeFile(file, `${huge}\n`);
  await append(2);
  expect(await keysIn()).toEqual(["1", "2"]);
});

it("ends the rest of a failed write before the same writer continues", async () => {
  const journal = await readJournal(files, file);
  let full = true;
  const failing = {
    ...files,
    appendLine: async (to: string, line: string) => {
      if (!full) return files.appendLine(to, line);
      await appendFile(to, line.slice(0, 30));
      throw new Error("ENOSPC");
    },
  };
  const writer = new JournalWriter({
    files: failing,
    file,
    journal,
    now: () => new Date(0),
    onEntry: () => {},
  });
  await expect(writer.append(entry(1).event)).rejects.toThrow("ENOSPC");
  full = false;
  await writer.append(entry(2).event);
  expect(await keysIn()).toEqual(["2"]);
  expect((await readFile(file, "utf8")).split("\n")).toHaveLength(3);
});

it("reads a growing journal, cut at any byte, like the whole text", async () => {
  const lines = [entry(1), entry(2), entry(2), entry(3)].map(encodeEntry);
  const text = `${lines[0]}\n${lines[1]}\n${lines[2]}\n{"half":\n\n${lines[3]}\n`;
  const bytes = Buffer.from(text);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    await writeFile(file, bytes.subarray(0, cut));
    const reader = new JournalReader(files, file);
    const first = await reader.more();
    expect(first.entries).toEqual((await readJournal(files, file)).entries);
    await writeFile(file, bytes);
    const second = await reader.more();
    expect([...first.entries, ...second.entries]).toEqual((await readJournal(files, file)).entries);
    expect(await reader.more()).toEqual({ entries: [], atEnd: true, restarted: false });
  }
});

it("restarts when the file became shorter and reads a long file in parts", async () => {
  const long = Array.from({ length: 4000 }, (_, at) => encodeEntry(entry(at + 1, "x".repeat(200))));
  await writeFile(file, `${long.join("\n")}\n`);
  const reader = new JournalReader(files, file);
  const seqs: number[] = [];
  let parts = 0;
  for (let atEnd = false; !atEnd; parts += 1) {
    const more = await reader.more();
    seqs.push(...more.entries.map(({ seq }) => seq));
    atEnd = more.atEnd;
  }
  expect(parts).toBeGreaterThan(1);
  expect(seqs).toEqual(Array.from({ length: 4000 }, (_, at) => at + 1));
  await writeFile(file, `${encodeEntry(entry(1, "new"))}\n`);
  expect(await reader.more()).toMatchObject({ restarted: true, entries: [{ seq: 1 }] });
});
