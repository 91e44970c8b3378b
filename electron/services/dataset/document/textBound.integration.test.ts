import { readdir } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { DocumentCommand } from "../../../../shared/schema/document.ts";
import { documentHarness, files, whole } from "../../testing/documentHarness.ts";
import { EditJournal, editPlaces, refuseBeyondRoom } from "./editJournal.ts";

const harness = documentHarness();
const { started, edit } = harness;
beforeEach(() => {
  const { file } = harness.now();
  // 300 cells of 1,000 "é" and a space: 2,001 bytes each.
  return files.writeAtomic(file, `description,suggestions\n${`${"é".repeat(1000)} ,[]\n`.repeat(300)}`);
});

const replaceAll = (find: string, replace: string): DocumentCommand => ({
  kind: "replace-all",
  view: whole,
  find,
  replace,
  matchCase: false,
  column: null,
});
/** Rows that share one text, so that the command itself is small. */
const rowsOf = (count: number, characters: number): DocumentCommand => ({
  kind: "add-rows",
  after: null,
  rows: Array.from({ length: count }, () => ["x".repeat(characters), "[]"]),
});

it("a replacement that would create more than 256 MB of text is refused before any is created", async () => {
  const documents = started();
  await expect(edit(documents, replaceAll("é", "x".repeat(1000)))).rejects.toMatchObject({
    code: "bad-value",
    message: "replacing 300,000 matches would create 300 MB of text; the maximum is 256 MB",
    hint: "Filter the rows and replace in several steps, or use a shorter text. Nothing was changed.",
  });
  expect((await documents.open(harness.now().file)).state).toMatchObject({ dirty: false });
});

it("a replacement is counted in bytes, including the unchanged text of its cells", async () => {
  const documents = started();
  // 300 × (2,001 + 1,000 × (860 − 2)) bytes, though half as many characters.
  await expect(edit(documents, replaceAll("é", "é".repeat(430)))).rejects.toThrow("would create 258 MB");
  const { state } = await edit(documents, replaceAll("é", "ee"));
  expect(state).toMatchObject({ changes: 300 });
});

it("edits whose journal would exceed 256 MB are refused, and no journal is started", async () => {
  const { workspace, file } = harness.now();
  const documents = started();
  await expect(edit(documents, rowsOf(257, 1_000_000))).rejects.toMatchObject({
    code: "bad-value",
    message: "the unsaved edits would hold 257 MB of text; the maximum is 256 MB",
    hint: "Save the document first, or work in several steps. Nothing was changed.",
  });
  expect(await readdir(path.dirname(editPlaces(workspace, file).journal)).catch(() => [])).toEqual([]);
  expect((await documents.open(file)).state).toMatchObject({ dirty: false });
});

const step = (how: "do" | "undo", megabytes: number) => ({
  kind: "step" as const,
  how,
  label: "Add a row",
  changes: [
    { kind: "insert" as const, row: 1, after: 0, cells: Array(megabytes).fill("x".repeat(1_000_000)) },
  ],
  file: [],
});

it("edits count together until their journal is removed", async () => {
  const journal = new EditJournal({ ...files, appendLine: async () => {}, remove: async () => {} }, "none");
  await journal.append(step("do", 200));
  await expect(journal.append(step("do", 57))).rejects.toThrow("would hold 257 MB");
  await journal.remove();
  await journal.append(step("do", 57));
});

it("undo has room when further edits are refused", () => {
  expect(() => refuseBeyondRoom(step("do", 1), 256_000_000)).toThrow("would hold 257 MB");
  expect(() => refuseBeyondRoom(step("undo", 1), 256_000_000)).not.toThrow();
});
