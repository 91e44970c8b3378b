import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DocumentCommand, ViewSchema } from "../../../../shared/schema/document.ts";
import { createFileLayer, type FileLayer } from "../../files/fileLayer.ts";
import { realPrimitives } from "../../files/primitives.ts";
import { ownIdentity } from "../../processes/processIdentity.mjs";
import { testCompute } from "../../testing/compute.ts";
import { initWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { createDatasetService, type DatasetService } from "../datasetService.ts";
import { editPlaces } from "./editJournal.ts";

const header = "description,suggestions\n";
let parent: string;
let workspace: Workspace;
let file: string;
let life = 1;
const services: DatasetService[] = [];

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "namewright store "));
  ({ workspace } = await initWorkspace(createFileLayer(), path.join(parent, "study"), { name: "study" }));
  file = workspace.paths.dataset("v1");
  await createFileLayer().writeAtomic(file, `${header}A bakery,[]\nBikes,[]\n`);
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  await rm(parent, { recursive: true, force: true });
});

/** Opens the documents as a new process does. */
function started(files: FileLayer = createFileLayer()) {
  life += 1;
  const now = () => new Date(life * 1_000_000);
  const service = createDatasetService({ files, workspace, compute: testCompute(files), now });
  services.push(service);
  return service.documents;
}
type Documents = ReturnType<typeof started>;

const view = ViewSchema.parse({});
async function edit(documents: Documents, command: DocumentCommand) {
  // A large file is open before all of it is read.
  await documents.locate({ file, view, row: 1 });
  const { state } = await documents.open(file);
  return documents.edit({ file, baseRevision: state.revision, command });
}
const describing = (row: number, value: string): DocumentCommand => ({
  kind: "set-cells",
  cells: [{ row, column: 0, value }],
});
async function descriptions(documents: Documents, limit = 100) {
  return (await documents.rows({ file, view, offset: 0, limit })).rows.map(({ cells }) => cells[0]);
}

describe("edits that were undone", () => {
  it("leave no journal after a reload, so that new edits apply to the new file", async () => {
    const documents = started();
    await edit(documents, { kind: "delete-rows", rows: [1] });
    await edit(documents, { kind: "undo" });
    await writeFile(file, `${header}Another bakery,[]\nBikes,[]\nCars,[]\n`);
    expect((await documents.open(file)).state).toMatchObject({ conflict: false, undo: null, redo: null });
    await edit(documents, describing(3, "Mine"));
    const again = started();
    expect(await again.open(file)).toMatchObject({ recovered: 1, state: { conflict: false, dirty: true } });
    expect(await descriptions(again)).toEqual(["Another bakery", "Bikes", "Mine"]);
  });
});

describe("a file that another process edits", () => {
  const another = async () => ({ ...(await ownIdentity()), host: "another-machine" });
  const shared = async () => {
    const there = started(createFileLayer(realPrimitives, another));
    await edit(there, describing(1, "Theirs"));
    const here = started();
    expect((await here.open(file)).readOnly).toContain("Another Namewright");
    await expect(edit(here, describing(2, "Mine"))).rejects.toMatchObject({ code: "missing" });
    return { there, here };
  };

  it("is read-only until it is saved there", async () => {
    const { there, here } = await shared();
    expect((await here.open(file)).readOnly).toContain("Another Namewright");
    const { revision } = (await there.open(file)).state;
    await there.save({ file, baseRevision: revision });
    expect(await here.open(file)).toMatchObject({ readOnly: null, recovered: 0, state: { dirty: false } });
    await edit(here, describing(2, "Mine"));
    expect(await descriptions(here)).toEqual(["Theirs", "Mine"]);
  });

  it("continues with the edits that the other process left", async () => {
    const { there, here } = await shared();
    const { loads } = (await here.open(file)).state;
    await there.close();
    expect(await here.open(file)).toMatchObject({
      readOnly: null,
      recovered: 1,
      state: { dirty: true, loads: loads + 1 },
    });
    await edit(here, describing(2, "Mine"));
    expect(await descriptions(here)).toEqual(["Theirs", "Mine"]);
  });
});

describe("edits that are reapplied to a changed large file", () => {
  const line = (row: number) => `"Row ${row}, ${"long text ".repeat(8)}","[""name-${row}""]"\n`;
  const text = (first: string) =>
    `${header}${first}${Array.from({ length: 14_000 }, (_, at) => line(at + 2)).join("")}`;

  it.each(["the copy of the file", "the journal"])("are kept when %s can't be written", async (refused) => {
    const { base, journal } = editPlaces(workspace, file);
    let full = false;
    const noSpace = (yes: boolean) => {
      if (full && yes) throw Object.assign(new Error("full"), { code: "ENOSPC" });
    };
    const documents = started(
      createFileLayer({
        ...realPrimitives,
        copyFile: async (from, to) => {
          noSpace(refused === "the copy of the file");
          return realPrimitives.copyFile(from, to);
        },
        rename: async (from, to) => {
          noSpace(refused === "the journal" && to === journal);
          return realPrimitives.rename(from, to);
        },
      }),
    );
    await writeFile(file, text(line(1)));
    await edit(documents, describing(2, "Mine"));
    await writeFile(file, text("Theirs,[]\n"));
    await documents.open(file);
    full = true;
    const rebase = { file, resolution: { kind: "rebase" } } as const;
    await expect(documents.resolve(rebase)).rejects.toThrow("the disk is full");
    full = false;

    expect(await descriptions(documents, 2)).toEqual([expect.stringMatching(/^Row 1,/), "Mine"]);
    expect(await documents.conflict(file)).toMatchObject({ canSaveAs: true, matching: 1, unmatched: 0 });
    expect(await readFile(base, "utf8")).toBe(text(line(1)));
    expect((await started().open(file)).state).toMatchObject({ conflict: true, dirty: true });

    await documents.resolve(rebase);
    expect(await descriptions(documents, 2)).toEqual(["Theirs", "Mine"]);
    expect(await readFile(base, "utf8")).toBe(text("Theirs,[]\n"));
  });
});
