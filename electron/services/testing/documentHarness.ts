import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type DocumentCommand, ViewSchema } from "../../../shared/schema/document.ts";
import { createDatasetService, type DatasetService } from "../dataset/datasetService.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { initWorkspace, type Workspace } from "../workspace/workspace.ts";
import { testCompute } from "./compute.ts";

export const files = createFileLayer();
export const original =
  'description,suggestions\r\n"A bakery",[]\r\nBikes,"[""Big-Bike.com""]"\r\nDrugs,[]\r\n';
export const whole = ViewSchema.parse({});

/** For tests: creates a workspace with one dataset per test, and its documents as in separate processes. */
export function documentHarness() {
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

  /** Creates the documents as in a new process. */
  function started(of = workspace, through = createFileLayer()) {
    life += 1;
    const now = () => new Date(life * 1_000_000);
    const service = createDatasetService({
      files: through,
      workspace: of,
      compute: testCompute(through),
      now,
    });
    services.push(service);
    return service.documents;
  }
  type Documents = ReturnType<typeof started>;
  const shown = async (documents: Documents, of = file, view = whole) =>
    (await documents.rows({ file: of, view, offset: 0, limit: 100 })).rows;
  const revisionOf = async (documents: Documents, of = file) => (await documents.open(of)).state.revision;
  return {
    /** The dataset of this test. */
    now: () => ({ parent, workspace, file }),
    started,
    shown,
    descriptions: async (documents: Documents, of = file, view = whole) =>
      (await shown(documents, of, view)).map(({ cells }) => cells[0]),
    revisionOf,
    async edit(documents: Documents, command: DocumentCommand, of = file) {
      return documents.edit({ file: of, baseRevision: await revisionOf(documents, of), command });
    },
    onDisk: (of = file) => readFile(of, "utf8"),
  };
}

export const set = (row: number, value: string, column = 0): DocumentCommand => ({
  kind: "set-cells",
  cells: [{ row, column, value }],
});
