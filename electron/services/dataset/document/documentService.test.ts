import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type DocumentState, ViewSchema } from "../../../../shared/schema/document.ts";
import { documentHarness, files, original, set, whole } from "../../testing/documentHarness.ts";
import { openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { editPlaces } from "./editJournal.ts";

const harness = documentHarness();
const { started, shown, descriptions, revisionOf, edit, onDisk } = harness;
let parent: string;
let workspace: Workspace;
let file: string;
beforeEach(() => {
  ({ parent, workspace, file } = harness.now());
});

describe("a document that is edited and saved", () => {
  it("saves edits and keeps every other byte", async () => {
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

  it("undoes past a save with stable row IDs", async () => {
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

  it("notifies every watcher of changes, and a slow one of the latest", async () => {
    const documents = started();
    await documents.open(file);
    const stop = new AbortController();
    const received = async (count: number) => {
      const states: DocumentState[] = [];
      for await (const state of documents.watch(file, stop.signal)) {
        states.push(state);
        if (states.length === count) break;
      }
      return states;
    };
    const [one, other] = [received(2), received(2)];
    const { state } = await edit(documents, set(1, "x"));
    for (const states of [await one, await other]) expect(states.at(-1)).toEqual(state);
    stop.abort();
  });

  it("never writes the sample or a file outside the data folder", async () => {
    const sample = await openWorkspace(files, workspace.folder, true);
    const documents = started(sample);
    const opened = await documents.open(file);
    expect(opened.readOnly).toContain("sample");
    await expect(edit(documents, set(1, "x"))).rejects.toMatchObject({ code: "missing" });
    const elsewhere = path.join(parent, "elsewhere.csv");
    await writeFile(elsewhere, original);
    await expect(edit(started(), set(1, "x"), elsewhere)).rejects.toThrow("Import this file first");
  });

  it("refuses text that the file can't store", async () => {
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
  it("replaces rows and appends new ones, with names as lists", async () => {
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

  it("keeps new rows after their neighbours, even in a long block", async () => {
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
  it("are of the edited rows, with their positions, and a command fixes them", async () => {
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
    const { diversity } = await documents.diversity(file);
    expect(diversity).toMatchObject({ rows: 2, file, names: { count: 1, copies: { count: 1 } } });
  });

  it("report similar rows in the file and in the test set", async () => {
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
