import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DocumentCommand, type DocumentState, ViewSchema } from "../../../../shared/schema/document.ts";
import { createFileLayer } from "../../files/fileLayer.ts";
import { realPrimitives } from "../../files/primitives.ts";
import { initWorkspace, openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { createDatasetService, type DatasetService } from "../datasetService.ts";
import { editPlaces } from "./editJournal.ts";

const files = createFileLayer();
const original = 'description,suggestions\r\n"A bakery",[]\r\nBikes,"[""Big-Bike.com""]"\r\nDrugs,[]\r\n';
let parent: string;
let workspace: Workspace;
let file: string;
let life = 1;
const services: DatasetService[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "namewright document "));
  ({ workspace } = await initWorkspace(files, path.join(parent, "study"), { name: "study" }));
  file = workspace.paths.dataset("v1");
  await files.writeAtomic(file, original);
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await rm(parent, { recursive: true, force: true });
});

/** The documents as a process has them that has just been started. */
function started(of = workspace) {
  life += 1;
  const now = () => new Date(life * 1_000_000);
  const service = createDatasetService({ files, workspace: of, now });
  services.push(service);
  return service.documents;
}

type Documents = ReturnType<typeof started>;
const whole = ViewSchema.parse({});
const shown = async (documents: Documents, of = file, view = whole) =>
  (await documents.rows({ file: of, view, offset: 0, limit: 100 })).rows;
const descriptions = async (documents: Documents, of = file, view = whole) =>
  (await shown(documents, of, view)).map(({ cells }) => cells[0]);
const revisionOf = async (documents: Documents, of = file) => (await documents.open(of)).state.revision;
async function edit(documents: Documents, command: DocumentCommand, of = file) {
  return documents.edit({ file: of, baseRevision: await revisionOf(documents, of), command });
}
const set = (row: number, value: string, column = 0): DocumentCommand => ({
  kind: "set-cells",
  cells: [{ row, column, value }],
});
const onDisk = (of = file) => readFile(of, "utf8");

describe("a document that is edited and saved", () => {
  it("writes what was edited and keeps every other byte", async () => {
    const documents = started();
    expect(await documents.open(file)).toMatchObject({
      header: ["description", "suggestions"],
      newline: "\r\n",
      readOnly: null,
      state: { total: 3, exact: true, dirty: false },
    });
    await edit(documents, set(3, "Drugs, hard ones"));
    await edit(documents, { kind: "add-rows", after: 1, rows: [["Cafés", "[]"]] });
    const { state } = await edit(documents, { kind: "delete-rows", rows: [2] });
    expect(state).toMatchObject({ dirty: true, changes: 3, undo: "Delete 1 row", redo: null });
    expect(await onDisk()).toBe(original);
    const saved = await documents.save({ file, baseRevision: state.revision });
    expect(saved).toMatchObject({ dirty: false, changes: 0 });
    expect(await onDisk()).toBe(
      'description,suggestions\r\n"A bakery",[]\r\nCafés,[]\r\n"Drugs, hard ones",[]\r\n',
    );
    expect(await readdir(path.dirname(editPlaces(workspace, file).journal))).toEqual([]);
  });

  it("undoes past a save, row ids staying what they were", async () => {
    const documents = started();
    await edit(documents, { kind: "delete-rows", rows: [1, 2] });
    await documents.save({ file, baseRevision: await revisionOf(documents) });
    expect(await onDisk()).toBe("description,suggestions\r\nDrugs,[]\r\n");
    const { state } = await edit(documents, { kind: "undo" });
    expect(state).toMatchObject({ dirty: true, undo: null, redo: "Delete 2 rows" });
    expect((await shown(documents)).map(({ id }) => id)).toEqual([1, 2, 3]);
    await documents.save({ file, baseRevision: state.revision });
    expect((await onDisk()).split("\r\n").length).toBe(5);
    await edit(documents, { kind: "redo" });
    expect(await descriptions(documents)).toEqual(["Drugs"]);
  });

  it("refuses a command for an older revision, and one of two at once", async () => {
    const documents = started();
    const { revision } = (await documents.open(file)).state;
    const both = await Promise.allSettled([
      documents.edit({ file, baseRevision: revision, command: set(1, "mine") }),
      documents.edit({ file, baseRevision: revision, command: set(1, "theirs") }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(both[1]).toMatchObject({ reason: { code: "conflict" } });
    expect(await descriptions(documents)).toEqual(["mine", "Bikes", "Drugs"]);
  });

  it("tells every watcher of each change, the newest to a slow one", async () => {
    const documents = started();
    await documents.open(file);
    const stop = new AbortController();
    const heard = async (count: number) => {
      const states: DocumentState[] = [];
      for await (const state of documents.watch(file, stop.signal)) {
        states.push(state);
        if (states.length === count) break;
      }
      return states;
    };
    const [one, other] = [heard(2), heard(2)];
    const { state } = await edit(documents, set(1, "x"));
    for (const states of [await one, await other]) expect(states.at(-1)).toEqual(state);
    stop.abort();
  });

  it("never writes the sample, and a file outside data only when it was imported", async () => {
    const sample = await openWorkspace(files, workspace.folder, true);
    const documents = started(sample);
    const opened = await documents.open(file);
    expect(opened.readOnly).toContain("sample");
    await expect(edit(documents, set(1, "x"))).rejects.toMatchObject({ code: "missing" });
    const elsewhere = path.join(parent, "elsewhere.csv");
    await writeFile(elsewhere, original);
    await expect(edit(started(), set(1, "x"), elsewhere)).rejects.toThrow("import this one first");
  });

  it("refuses what the file cannot hold", async () => {
    await writeFile(file, Buffer.from("description,suggestions\nCaf\xe9,[]\n", "latin1"));
    const documents = started();
    await expect(edit(documents, set(1, "日本"))).rejects.toMatchObject({ code: "bad-value" });
    await expect(edit(documents, set(1, "\ud800"))).rejects.toThrow("half a character");
    await edit(documents, set(1, "Thé"));
    await documents.save({ file, baseRevision: await revisionOf(documents) });
    expect(await readFile(file, "latin1")).toBe("description,suggestions\nThé,[]\n");
  });
});

describe("a block from a spreadsheet", () => {
  it("is written over rows and behind them, names becoming lists", async () => {
    const documents = started();
    const block = [
      ["One", "first-name, second-name"],
      ["Two", "[]"],
    ];
    await edit(documents, { kind: "paste", view: whole, row: 3, columns: [0, 1], block });
    expect((await shown(documents)).slice(2).map(({ cells, status }) => [...cells, status])).toEqual([
      ["One", '["first-name","second-name"]', "changed"],
      ["Two", "[]", "added"],
    ]);
    await edit(documents, { kind: "undo" });
    expect(await descriptions(documents)).toEqual(["A bakery", "Bikes", "Drugs"]);
  });
});

describe("a view", () => {
  it("filters and sorts, and keeps rows that no longer match until it is applied again", async () => {
    const documents = started();
    const view = ViewSchema.parse({ text: "b", sort: { column: 0, descending: true } });
    expect(await descriptions(documents, file, view)).toEqual(["Bikes", "A bakery"]);
    await edit(documents, set(2, "Cars"));
    expect(await descriptions(documents, file, view)).toEqual(["Cars", "A bakery"]);
    expect(await descriptions(documents, file, { ...view, column: 0, applied: 1 })).toEqual(["A bakery"]);
    expect(await descriptions(documents, file, ViewSchema.parse({ edited: true }))).toEqual(["Cars"]);
    expect(await documents.locate({ file, view, row: 1 })).toEqual({ position: 1 });
    expect(await documents.locate({ file, view, row: 3 })).toEqual({ position: null });
    await edit(documents, { kind: "delete-rows", rows: [1] });
    expect(await descriptions(documents, file, view)).toEqual(["Cars"]);
    expect(await documents.locate({ file, view: whole, row: 3 })).toEqual({ position: 1 });
  });

  it("keeps new rows behind their neighbours, a long block too", async () => {
    const documents = started();
    const view = ViewSchema.parse({ text: "b", column: 0 });
    expect(await descriptions(documents, file, view)).toEqual(["A bakery", "Bikes"]);
    const rows = Array.from({ length: 20_000 }, (_, at) => [`New ${at}`, "[]"]);
    await edit(documents, { kind: "add-rows", after: 1, rows });
    await edit(documents, { kind: "add-rows", after: 3, rows: [["Last", "[]"]] });
    const page = await documents.rows({ file, view, offset: 19_999, limit: 100 });
    expect(page.total).toBe(20_003);
    expect(page.rows.map(({ cells }) => cells[0])).toEqual(["New 19998", "New 19999", "Bikes", "Last"]);
  });

  it("finds and replaces text, in names without breaking their list", async () => {
    const documents = started();
    const found = await documents.find({
      file,
      view: whole,
      find: "b",
      matchCase: false,
      column: null,
      limit: 9,
    });
    expect(found).toMatchObject({ cells: 3, occurrences: 4 });
    const replace = {
      kind: "replace-all",
      view: whole,
      find: "Big",
      replace: 'sm"all',
      matchCase: true,
    } as const;
    const done = await edit(documents, { ...replace, column: null });
    expect(done).toMatchObject({ cells: 1, rows: 1, touched: [2] });
    expect((await shown(documents))[1]?.cells[1]).toBe('["sm\\"all-Bike.com"]');
  });
});

describe("the findings of a document", () => {
  it("are those of the rows as edited, with their places, and are fixed by a command", async () => {
    const documents = started();
    await edit(documents, { kind: "delete-rows", rows: [1] });
    const request = { file, rule: null, offset: 0, limit: 50 };
    const before = await documents.findings(request);
    expect(before.findings.map(({ rule, id, at }) => [rule, id, at])).toContainEqual(["name-tld", 2, 1]);
    expect(before.fixable).toBeGreaterThan(0);
    expect(await descriptions(documents, file, ViewSchema.parse({ rule: "name-tld" }))).toEqual(["Bikes"]);
    await edit(documents, { kind: "fix", rows: null, name: null });
    const after = await documents.findings(request);
    expect(after.fixable).toBe(0);
    expect((await shown(documents))[0]?.cells[1]).toBe('["big-bike"]');
    expect((await documents.stats(file)).stats).toMatchObject({ rows: 2, refusals: 1, file });
  });

  it("tell which rows are alike, in the file and in the test set", async () => {
    await files.writeAtomic(workspace.paths.testSet, "description,suggestions\nBikes,[]\n");
    const documents = started();
    await edit(documents, { kind: "duplicate-rows", rows: [2] });
    const { duplicates, leaks } = await documents.neighbours({ file, limit: 10 });
    expect(duplicates).toMatchObject([
      { row: 3, earlierRow: 2, earlierId: 2, exact: true, cells: ["Bikes", expect.any(String)] },
    ]);
    expect(leaks).toMatchObject([
      { row: 2, id: 2, againstRow: 1, exact: true },
      { row: 3, againstRow: 1, exact: true },
    ]);
    const other = path.join(parent, "v0.csv");
    await writeFile(other, "description,suggestions\nBikes,[]\n");
    expect((await documents.diff({ file, before: other })).added.length).toBe(3);
  });
});

describe("a document whose process died", () => {
  it("has its edits, what was undone, and goes on", async () => {
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

  it("says nothing of edits of last time once they are saved, discarded or undone, whatever is edited then", async () => {
    const givenUp: ((documents: Documents) => Promise<unknown>)[] = [
      async (documents) => documents.save({ file, baseRevision: await revisionOf(documents) }),
      async (documents) => documents.discard({ file, baseRevision: await revisionOf(documents) }),
      (documents) => edit(documents, { kind: "undo" }),
    ];
    for (const [at, giveUp] of givenUp.entries()) {
      await edit(started(), set(2, `Bikes ${at}`));
      const documents = started();
      expect((await documents.open(file)).recovered).toBe(1);
      await giveUp(documents);
      await edit(documents, set(1, `Edited now ${at}`));
      expect(await documents.open(file)).toMatchObject({ recovered: 0, state: { dirty: true } });
      await documents.discard({ file, baseRevision: await revisionOf(documents) });
    }
  });

  it("keeps what is before a damaged line, and the whole journal aside", async () => {
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

  it("is not made twice where only the removal of its journal was left to do", async () => {
    const { journal } = editPlaces(workspace, file);
    const first = started();
    await edit(first, { kind: "add-rows", after: null, rows: [["Last", "[]"]] });
    // What stands in the journal when it is about to be taken away: a process may die just then.
    let kept = "";
    const lame = createFileLayer({
      ...realPrimitives,
      removeFile: async (place) => {
        if (place === journal) kept = await readFile(place, "utf8");
        return realPrimitives.removeFile(place);
      },
    });
    const second = createDatasetService({ files: lame, workspace, now: () => new Date(5) });
    services.push(second);
    await second.documents.save({ file, baseRevision: await revisionOf(second.documents) });
    expect(kept).toContain('"kind":"saving"');
    await writeFile(journal, kept);
    const third = started();
    expect(await third.open(file)).toMatchObject({ recovered: 0, state: { dirty: false, conflict: false } });
    expect(await descriptions(third)).toEqual(["A bakery", "Bikes", "Drugs", "Last"]);
  });
});

const theirs = original.replace('"A bakery"', "Another bakery");

describe("a file that something else changed while it was edited", () => {
  const conflicted = async () => {
    const documents = started();
    await edit(documents, set(1, "Mine"));
    await edit(documents, set(3, "Also mine"));
    await edit(documents, { kind: "add-rows", after: 1, rows: [["New", "[]"]] });
    await writeFile(file, theirs);
    return documents;
  };

  it("is not overwritten, and both sides are shown", async () => {
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

  it("takes the edits whose rows are still the same, and says how many it left out", async () => {
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

  it("takes theirs", async () => {
    const documents = await conflicted();
    await documents.open(file);
    await documents.resolve({ file, resolution: { kind: "take-theirs" } });
    expect(await descriptions(documents)).toEqual(["Another bakery", "Bikes", "Drugs"]);
    expect((await started().open(file)).recovered).toBe(0);
  });

  it("saves mine as a new file beside it", async () => {
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

  it("is known after a crash too, and when the file is gone", async () => {
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

  it("can be merged by the journal alone", async () => {
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

  it("is simply read again where nothing was edited", async () => {
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

  it("shows its first rows, then all; is edited and saved as an overlay, byte for byte", async () => {
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

    // The index was carried over the save: rows are found where they are now, and undo still knows them.
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
