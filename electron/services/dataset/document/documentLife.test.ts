import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../../files/fileLayer.ts";
import { realPrimitives } from "../../files/primitives.ts";
import { documentHarness, files, original, set, whole } from "../../testing/documentHarness.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { DocumentService } from "./documentService.ts";
import { editPlaces } from "./editJournal.ts";

const harness = documentHarness();
const { started, descriptions, revisionOf, edit, onDisk } = harness;
let workspace: Workspace;
let file: string;
beforeEach(() => {
  ({ workspace, file } = harness.now());
});

describe("a document whose process died", () => {
  it("restores its edits and undone steps, and continues", async () => {
    const first = started();
    await edit(first, set(1, "One"));
    await edit(first, { kind: "add-rows", after: null, rows: [["Last", "[]"]] });
    await edit(first, { kind: "undo" });
    const second = started();
    const opened = await second.open(file);
    expect(opened).toMatchObject({ recovered: 3, state: { dirty: true, redo: "Add 1 row" } });
    await edit(second, { kind: "redo" });
    expect(await descriptions(second)).toEqual(["One", "Bikes", "Drugs", "Last"]);
    await second.save({ file, baseRevision: await revisionOf(second) });
    expect(await onDisk()).toBe(`${original.replace('"A bakery"', '"One"')}Last,[]\r\n`);
    expect((await started().open(file)).recovered).toBe(0);
  });

  it("reports no recovered edits after they were saved, discarded or undone", async () => {
    const endings: ((documents: DocumentService) => Promise<unknown>)[] = [
      async (documents) => documents.save({ file, baseRevision: await revisionOf(documents) }),
      async (documents) => documents.discard({ file, baseRevision: await revisionOf(documents) }),
      (documents) => edit(documents, { kind: "undo" }),
    ];
    for (const [at, end] of endings.entries()) {
      await edit(started(), set(2, `Bikes ${at}`));
      const documents = started();
      expect((await documents.open(file)).recovered).toBe(1);
      await end(documents);
      await edit(documents, set(1, `Edited now ${at}`));
      expect(await documents.open(file)).toMatchObject({ recovered: 0, state: { dirty: true } });
      await documents.discard({ file, baseRevision: await revisionOf(documents) });
    }
  });

  it("keeps edits before a damaged line, and a copy of the whole journal", async () => {
    const first = started();
    await edit(first, set(1, "One"));
    await edit(first, set(1, "Two"));
    await edit(first, set(1, "Three"));
    const { journal, damaged } = editPlaces(workspace, file);
    const lines = (await readFile(journal, "utf8")).split("\n");
    await writeFile(
      journal,
      lines.map((line, at) => (at === 2 ? line.replace("Two", "Tow") : line)).join("\n"),
    );
    const second = started();
    expect((await second.open(file)).recovered).toBe(1);
    expect((await descriptions(second))[0]).toBe("One");
    expect(await readFile(damaged, "utf8")).toContain("Three");
  });

  it("doesn't apply its edits twice when only the removal of its journal is missing", async () => {
    const { journal } = editPlaces(workspace, file);
    const first = started();
    await edit(first, { kind: "add-rows", after: null, rows: [["Last", "[]"]] });
    // The journal as it is just before its removal, when a process may die.
    let kept = "";
    const copying = createFileLayer({
      ...realPrimitives,
      removeFile: async (place) => {
        if (place === journal) kept = await readFile(place, "utf8");
        return realPrimitives.removeFile(place);
      },
    });
    const second = started(workspace, copying);
    await second.save({ file, baseRevision: await revisionOf(second) });
    expect(kept).toContain('"kind":"saving"');
    await writeFile(journal, kept);
    const third = started();
    expect(await third.open(file)).toMatchObject({ recovered: 0, state: { dirty: false, conflict: false } });
    expect(await descriptions(third)).toEqual(["A bakery", "Bikes", "Drugs", "Last"]);
  });
});

const theirs = original.replace('"A bakery"', "Another bakery");

describe("a file that another program changed while it was edited", () => {
  const conflicted = async () => {
    const documents = started();
    await edit(documents, set(1, "Mine"));
    await edit(documents, set(3, "Also mine"));
    await edit(documents, { kind: "add-rows", after: 1, rows: [["New", "[]"]] });
    await writeFile(file, theirs);
    return documents;
  };

  it("isn't overwritten, and both versions are shown", async () => {
    const documents = await conflicted();
    const { revision } = (await documents.open(file)).state;
    await expect(documents.save({ file, baseRevision: revision })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await onDisk()).toBe(theirs);
    expect((await documents.open(file)).state.conflict).toBe(true);
    await expect(edit(documents, set(1, "more"))).rejects.toMatchObject({ code: "conflict" });
    const conflict = await documents.conflict(file);
    expect(conflict).toMatchObject({
      sameColumns: true,
      canSaveAs: true,
      matching: 2,
      unmatched: 1,
      theirs: { added: 1, removed: 1, unchanged: 2 },
    });
    expect(conflict.rows[0]).toMatchObject({
      kind: "changed",
      before: ["A bakery", "[]"],
      mine: ["Mine", "[]"],
      row: null,
    });
  });

  it("accepts edits of unchanged rows and counts the omitted ones", async () => {
    const documents = await conflicted();
    await documents.open(file);
    expect(await documents.resolve({ file, resolution: { kind: "rebase" } })).toMatchObject({
      file,
      leftOut: 1,
    });
    expect(await descriptions(documents)).toEqual(["Another bakery", "Bikes", "Also mine", "New"]);
    expect(await descriptions(started())).toEqual(["Another bakery", "Bikes", "Also mine", "New"]);
    await edit(documents, { kind: "undo" });
    expect((await documents.open(file)).state).toMatchObject({ dirty: false, conflict: false });
  });

  it("accepts the version on disk", async () => {
    const documents = await conflicted();
    await documents.open(file);
    await documents.resolve({ file, resolution: { kind: "take-theirs" } });
    expect(await descriptions(documents)).toEqual(["Another bakery", "Bikes", "Drugs"]);
    expect((await started().open(file)).recovered).toBe(0);
  });

  it("saves the edited version as a new file", async () => {
    const documents = await conflicted();
    await documents.open(file);
    await expect(
      documents.resolve({ file, resolution: { kind: "save-as", name: "../x" } }),
    ).rejects.toMatchObject({ code: "usage" });
    const { file: made } = await documents.resolve({
      file,
      resolution: { kind: "save-as", name: "dataset_v2" },
    });
    expect(await descriptions(documents, made)).toEqual(["Mine", "New", "Bikes", "Also mine"]);
    expect(await onDisk(made)).toContain('"Mine",[]\r\nNew,[]\r\n');
    expect(await descriptions(documents)).toEqual(["Another bakery", "Bikes", "Drugs"]);
  });

  it("is a conflict after a crash too, and when the file is gone", async () => {
    await conflicted();
    const again = started();
    expect((await again.open(file)).state).toMatchObject({ conflict: true, dirty: true });
    expect(await descriptions(again)).toEqual(["Mine", "New", "Bikes", "Also mine"]);
    await rm(file);
    const gone = started();
    expect((await gone.open(file)).state.conflict).toBe(true);
    expect(await gone.conflict(file)).toMatchObject({ gone: true, canSaveAs: true });
    const { file: made } = await gone.resolve({ file, resolution: { kind: "save-as", name: "dataset_v1" } });
    expect(await descriptions(gone, made)).toEqual(["Mine", "New", "Bikes", "Also mine"]);
  });

  it("ends the conflict when the same file comes back", async () => {
    const documents = started();
    await edit(documents, set(1, "Mine"));
    const baseRevision = await revisionOf(documents);
    const data = path.dirname(file);
    await rename(data, `${data}.moved`);
    await expect(documents.save({ file, baseRevision })).rejects.toMatchObject({ code: "conflict" });
    await rename(`${data}.moved`, data);
    expect(await documents.save({ file, baseRevision })).toMatchObject({ conflict: false, dirty: false });
    expect(await onDisk()).toContain('"Mine",[]');
  });

  it("can be merged from the journal alone", async () => {
    await conflicted();
    await rm(editPlaces(workspace, file).base);
    const again = started();
    await again.open(file);
    expect(await again.conflict(file)).toMatchObject({
      canSaveAs: false,
      matching: 2,
      unmatched: 1,
      theirs: null,
    });
    expect(await again.resolve({ file, resolution: { kind: "rebase" } })).toMatchObject({ leftOut: 1 });
    expect(await descriptions(again)).toEqual(["Another bakery", "Bikes", "Also mine", "New"]);
  });

  it("is reloaded when nothing was edited", async () => {
    const documents = started();
    const before = (await documents.open(file)).state;
    await writeFile(file, theirs);
    const after = (await documents.open(file)).state;
    expect(after).toMatchObject({ conflict: false, loads: before.loads + 1 });
    expect((await descriptions(documents))[0]).toBe("Another bakery");
  });
});

describe("a large document", () => {
  const rows = 30_000;
  const line = (row: number) => `"Row ${row}, ${"long text ".repeat(5)}","[""name-${row}""]"\n`;
  const text = (edited: (row: number) => string = line) =>
    `description,suggestions\n${Array.from({ length: rows }, (_, at) => edited(at + 1)).join("")}`;

  it("shows its first rows, then all, and saves edits as an overlay, byte for byte", async () => {
    await files.writeAtomic(file, text());
    const documents = started();
    const opened = await documents.open(file);
    expect(opened.state.exact).toBe(false);
    expect(Math.abs(opened.state.total - rows)).toBeLessThan(rows / 20);
    const first = await documents.rows({ file, view: whole, offset: 0, limit: 100 });
    expect(first.rows[99]?.cells[1]).toBe('["name-100"]');
    const far = await documents.rows({ file, view: whole, offset: rows - 2, limit: 100 });
    expect(far).toMatchObject({ total: rows, exact: true });
    expect(far.rows.map(({ row }) => row)).toEqual([rows - 1, rows]);

    await edit(documents, set(2, "Second"));
    await edit(documents, { kind: "delete-rows", rows: [10_000, 10_001, 29_999] });
    await edit(documents, { kind: "add-rows", after: 20_000, rows: [["In between", "[]"]] });
    await edit(documents, { kind: "add-rows", after: null, rows: [["Last", "[]"]] });
    const expected = text((row) => {
      if (row === 2) return line(row).replace(/^"[^"]*"/, '"Second"');
      if ([10_000, 10_001, 29_999].includes(row)) return "";
      return row === 20_000 ? `${line(row)}In between,[]\n` : line(row);
    }).concat("Last,[]\n");
    await documents.save({ file, baseRevision: await revisionOf(documents) });
    const saved = await onDisk();
    expect(saved === expected).toBe(true);

    // The save updated the index: rows are found at their new positions, and undo still works.
    const behind = await documents.rows({ file, view: whole, offset: 19_998, limit: 2 });
    expect(behind.rows.map(({ cells }) => cells[0]?.slice(0, 10))).toEqual(["In between", "Row 20001,"]);
    for (let step = 0; step < 4; step += 1) await edit(documents, { kind: "undo" });
    await documents.save({ file, baseRevision: await revisionOf(documents) });
    expect((await onDisk()) === text()).toBe(true);
    const found = await documents.find({
      file,
      view: whole,
      find: "name-29999",
      matchCase: true,
      column: 1,
      limit: 5,
    });
    expect(found.listed).toEqual([{ row: expect.any(Number), column: 1, position: 29_998 }]);
  });
});
