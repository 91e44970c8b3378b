import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { type DocumentCommand, wholeDocument } from "../../../../shared/schema/document.ts";
import { createDatasetService, type DatasetService } from "../../dataset/datasetService.ts";
import type { FileLayer } from "../../files/fileLayer.ts";
import { sha256 } from "../../hashing/hashing.ts";
import { openJudgeCache } from "../../judge/cache.ts";
import { readFrozenLabels, writeFrozenLabels } from "../../judge/labelFiles.ts";
import { readOverrides, saveOverride } from "../../judge/overrideFile.ts";
import { findModelFolder } from "../../model/modelFolder.ts";
import { createModelStore, modelFiles } from "../../model/modelStore.ts";
import { keptFolder } from "../../model/replacedModel.ts";
import { JournalWriter, readJournal } from "../../run/journal.ts";
import { initWorkspace, openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { testCompute } from "../compute.ts";
import type { Scenario } from "./harness.ts";
import { markedGate } from "./markedGate.ts";

/** The clock of every scenario, fixed so that output doesn't depend on time. */
export const fixedNow = () => new Date("2026-01-02T03:04:05Z");

const names = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];
const dataset = `description,suggestions\nA bakery,"${JSON.stringify(names).replaceAll('"', '""')}"\nDrugs,[]\n`;
/** A name that `dataset fix` repairs. */
const broken = dataset.replace("bread-hub", "Bread-Hub");

async function textOf(files: FileLayer, file: string): Promise<string> {
  return (await files.exists(file)) ? files.readText(file) : "(none)";
}

/** Creates a workspace with a first dataset and a file that nothing may change. */
export async function study(files: FileLayer, folder: string) {
  const { workspace } = await initWorkspace(files, folder, { name: "study" });
  await files.writeAtomic(workspace.paths.dataset("v1"), broken);
  await files.writeAtomic(path.join(workspace.paths.data, "notes.txt"), "mine");
  return workspace;
}

async function datasetsOf(files: FileLayer, folder: string) {
  const workspace = await openWorkspace(files, folder, false);
  return {
    workspace,
    datasets: createDatasetService({ files, workspace, compute: testCompute(files), now: fixedNow }),
  };
}

/** Returns a dataset and its provenance as text; "(none)" without the dataset, even if provenance exists. */
export async function versionState(files: FileLayer, folder: string, version: string): Promise<string> {
  const { workspace } = await datasetsOf(files, folder);
  const file = workspace.paths.dataset(version);
  if (!(await files.exists(file))) return "(none)";
  return `${await files.readText(file)}\n${await textOf(files, file.replace(".csv", ".provenance.jsonl"))}`;
}

const saveDataset: Scenario = {
  name: "save a dataset version",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder) {
    const { datasets } = await datasetsOf(files, folder);
    const origin = { source: "generator", slice: "everyday", from: null, generator: "rows-1" } as const;
    const row = { description: "Bikes", suggestions: names };
    await datasets.writeVersion(await datasets.nextVersion(), [{ row, origin }]);
  },
  state: (files, folder) => versionState(files, folder, "v2"),
  changes: /dataset_v2|\.namewright/,
};

const importDataset: Scenario = {
  name: "import a dataset",
  async setUp(files, folder) {
    await study(files, folder);
    await files.writeAtomic(path.join(folder, "foreign.csv"), "Text;Names\nCafé;[]\n");
  },
  async act(files, folder) {
    const { datasets } = await datasetsOf(files, folder);
    const map = { description: "Text", suggestions: "Names" };
    await datasets.importFile({ file: path.join(folder, "foreign.csv"), as: "dataset_v2", map });
  },
  state: (files, folder) => versionState(files, folder, "v2"),
  changes: /dataset_v2|\.namewright/,
};

const fixDataset: Scenario = {
  name: "fix a dataset",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder) {
    const { workspace, datasets } = await datasetsOf(files, folder);
    await datasets.fix(workspace.paths.dataset("v1"));
  },
  state: (files, folder) => textOf(files, path.join(folder, "data", "dataset_v1.csv")),
  changes: /dataset_v1|\.namewright/,
};

const initialise: Scenario = {
  name: "make a workspace",
  async setUp(files, folder) {
    await files.writeAtomic(path.join(folder, "sample", "data", "dataset_v1.csv"), dataset);
    await files.writeAtomic(path.join(folder, "sample", "data", "test_set.csv"), "description,suggestions\n");
    const config = { schemaVersion: 1, name: "sample", slicePools: { scams: ["phishing"] } };
    await files.writeAtomic(path.join(folder, "sample", "namewright.json"), JSON.stringify(config));
  },
  async act(files, folder) {
    const fromSample = path.join(folder, "sample");
    await initWorkspace(files, path.join(folder, "made"), { name: "made", fromSample });
  },
  async state(files, folder) {
    const made = path.join(folder, "made");
    if (!(await files.exists(path.join(made, "namewright.json")))) return "(none)";
    const { paths, config } = await openWorkspace(files, made, false);
    return `${JSON.stringify(config)}\n${await files.readText(paths.dataset("v1"))}${await files.readText(paths.testSet)}`;
  },
  changes: /^made/,
};

async function trainedRun(files: FileLayer, folder: string, mark: string): Promise<string> {
  const run = path.join(folder, "runs", `training-${mark}`);
  for (const name of modelFiles) {
    const file = name === "adapter" ? path.join(name, "adapter_model.safetensors") : name;
    await files.writeAtomic(
      path.join(run, file),
      name === "gate.json" ? markedGate(mark) : `${mark} ${name}`,
    );
  }
  await files.writeAtomic(path.join(run, "adapter", "adapter_config.json"), `{"mark":"${mark}"}`);
  return run;
}

const noBases = { merged: () => Promise.reject(new Error("nothing is merged here")) };

/** Returns a model's files as text. */
async function modelState(files: FileLayer, model: string): Promise<string> {
  const parts = ["adapter/adapter_model.safetensors", "adapter/adapter_config.json", ...modelFiles.slice(1)];
  return (await Promise.all(parts.map((name) => textOf(files, path.join(model, name))))).join("\n");
}

/** Returns whether some folder still has the complete model of a run. */
async function isReachable(files: FileLayer, workspace: Workspace, run: string): Promise<boolean> {
  const wanted = await modelState(files, run);
  for (const place of [workspace.paths.models, keptFolder(workspace)]) {
    const names = (await files.exists(place)) ? await files.list(place) : [];
    for (const name of names.filter((one) => !one.endsWith(".tmp"))) {
      if ((await modelState(files, path.join(place, name))) === wanted) return true;
    }
  }
  return false;
}

const promote = (replacing: boolean): Scenario => ({
  name: replacing ? "replace a model" : "promote a first model",
  async setUp(files, folder) {
    const workspace = await study(files, folder);
    await trainedRun(files, folder, "new");
    if (!replacing) return;
    await createModelStore(files, workspace, noBases).promote("v1", await trainedRun(files, folder, "old"));
  },
  async act(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    await createModelStore(files, workspace, noBases).promote(
      "v1",
      path.join(folder, "runs", "training-new"),
    );
  },
  async state(files, folder) {
    const workspace = await openWorkspace(files, folder, false);
    // No finished run has the old model, so that it must be kept.
    const old = path.join(folder, "runs", "training-old");
    if (replacing && !(await isReachable(files, workspace, old))) return "the old model is lost";
    const model = await findModelFolder(files, workspace, "v1");
    return model === null ? "(none)" : modelState(files, model);
  },
  changes: /^models|\.namewright/,
});

const exportAdapter: Scenario = {
  name: "export an adapter",
  async setUp(files, folder) {
    await study(files, folder);
    await trainedRun(files, folder, "new");
    await files.makeFolder(path.join(folder, "images"));
  },
  async act(files, folder) {
    const from = path.join(folder, "runs", "training-new", "adapter");
    await files.copy(from, path.join(folder, "images", "adapter"));
  },
  async state(files, folder) {
    const out = path.join(folder, "images", "adapter");
    if (!(await files.exists(out))) return "(none)";
    const names = (await files.list(out)).sort();
    return (
      await Promise.all(names.map(async (name) => `${name}: ${await textOf(files, path.join(out, name))}`))
    ).join();
  },
  changes: /^images|\.namewright/,
};

const override = {
  kind: "label",
  description: "Drugs",
  label: "harmful",
  note: "",
  who: "me",
  at: "2026-01-02",
} as const;

const saveOverrides: Scenario = {
  name: "save an override",
  async setUp(files, folder) {
    const { paths } = await study(files, folder);
    await saveOverride(files, paths.overrides("v1"), { ...override, description: "A bakery", label: "safe" });
  },
  async act(files, folder) {
    const { paths } = await openWorkspace(files, folder, false);
    await saveOverride(files, paths.overrides("v1"), override);
  },
  async state(files, folder) {
    const { paths } = await openWorkspace(files, folder, false);
    return JSON.stringify(await readOverrides(files, paths.overrides("v1")));
  },
  changes: /overrides|\.namewright/,
};

const freezeLabels: Scenario = {
  name: "write frozen labels",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder) {
    const { paths } = await openWorkspace(files, folder, false);
    const rest = { votes: [], review: false, reason: "", judge: "me", rubric: "r", frozenAt: "2026-01-02" };
    await writeFrozenLabels(files, paths.frozenLabels, [{ description: "Drugs", label: "harmful", ...rest }]);
  },
  async state(files, folder) {
    const { paths } = await openWorkspace(files, folder, false);
    return JSON.stringify(await readFrozenLabels(files, paths.frozenLabels));
  },
  changes: /labels|\.namewright/,
};

const keys = ["a", "b", "c"].map((letter) => sha256(letter));

const judgeCache: Scenario = {
  name: "append to the judge's cache",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder, acknowledge) {
    const { paths } = await openWorkspace(files, folder, false);
    const cache = openJudgeCache(files, path.join(paths.state, "judge-cache.jsonl"), () => {});
    for (const key of keys) {
      if ((await cache.get(key)) !== undefined) continue;
      await cache.put(key, `réply to ${key}`);
      await acknowledge();
    }
  },
  async state(files, folder) {
    const { paths } = await openWorkspace(files, folder, false);
    const cache = openJudgeCache(files, path.join(paths.state, "judge-cache.jsonl"), () => {});
    return (await Promise.all(keys.map((key) => cache.get(key)))).join("\n");
  },
  changes: /\.namewright/,
};

const journalOf = (folder: string) => path.join(folder, "runs", "r1", "events.jsonl");

async function rowsIn(files: FileLayer, folder: string): Promise<string[]> {
  const { entries } = await readJournal(files, journalOf(folder));
  const rows = entries.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
  return [...new Set(rows)];
}

/** Appends rows to a journal, with up to `tries` attempts by the same writer. */
const journal = (tries: number): Scenario => ({
  name: tries === 1 ? "append to a journal" : "append to a journal, again after a refusal",
  setUp: async (files, folder) => void (await study(files, folder)),
  async act(files, folder, acknowledge) {
    const before = await readJournal(files, journalOf(folder));
    const there = new Set(await rowsIn(files, folder));
    const writer = new JournalWriter({
      files,
      file: journalOf(folder),
      journal: before,
      now: fixedNow,
      onEntry: () => {},
    });
    const append = async (key: string, left: number): Promise<void> => {
      const written = writer.append({ kind: "row", key, data: { text: "träin 🙂" } });
      await written.catch((error: unknown) => {
        if (left <= 1 || !(error instanceof Failure)) throw error;
        return append(key, left - 1);
      });
    };
    for (const key of ["1", "2", "3"]) {
      if (there.has(key)) continue;
      await append(key, tries);
      await acknowledge();
    }
  },
  state: async (files, folder) => (await rowsIn(files, folder)).join(" "),
  changes: /^runs|\.namewright/,
});

/** The steps applied to a document in order, each only if it isn't applied yet. */
const documentEdits: readonly { readonly done: string; readonly command: DocumentCommand }[] = [
  { done: "Café", command: { kind: "set-cells", cells: [{ row: 1, column: 0, value: "Café" }] } },
  { done: "Last", command: { kind: "add-rows", after: null, rows: [["Last", "[]"]] } },
  { done: "First 🙂", command: { kind: "add-rows", after: 0, rows: [["First 🙂", "[]"]] } },
];

async function inDocument<Value>(
  files: FileLayer,
  folder: string,
  work: (documents: DatasetService["documents"], file: string) => Promise<Value>,
): Promise<Value> {
  const { workspace, datasets } = await datasetsOf(files, folder);
  try {
    return await work(datasets.documents, workspace.paths.dataset("v1"));
  } finally {
    // The lock of a dead process also blocks until it is found to be stale.
    await datasets.close().catch(() => {});
  }
}

async function describedRows(documents: DatasetService["documents"], file: string): Promise<string[]> {
  await documents.open(file);
  const { rows } = await documents.rows({ file, view: wholeDocument, offset: 0, limit: 100 });
  return rows.map(({ cells }) => cells.join(" "));
}

async function editDocument(
  files: FileLayer,
  folder: string,
  acknowledge: () => Promise<void>,
): Promise<void> {
  await inDocument(files, folder, async (documents, file) => {
    for (const { done, command } of documentEdits) {
      if ((await describedRows(documents, file)).some((row) => row.startsWith(done))) continue;
      const { revision } = (await documents.open(file)).state;
      await documents.edit({
        file,
        baseRevision: revision,
        command,
      });
      await acknowledge();
    }
  });
}

const editDataset: Scenario = {
  name: "edit a document",
  setUp: async (files, folder) => void (await study(files, folder)),
  act: editDocument,
  state: async (files, folder) => (await inDocument(files, folder, describedRows)).join("\n"),
  changes: /dataset_v1|\.namewright/,
};

const saveDocument: Scenario = {
  name: "save a document",
  async setUp(files, folder) {
    await study(files, folder);
    await editDocument(files, folder, async () => {});
  },
  async act(files, folder) {
    await inDocument(files, folder, async (documents, file) => {
      const { revision } = (await documents.open(file)).state;
      await documents.save({ file, baseRevision: revision });
    });
  },
  // The rows are the same before and after: no edit may be lost or applied twice.
  async state(files, folder) {
    const rows = await inDocument(files, folder, describedRows);
    return `${rows.join("\n")}\n${await textOf(files, path.join(folder, "data", "dataset_v1.csv"))}`;
  },
  changes: /dataset_v1|\.namewright/,
};

/** Everything that is saved in one step or appended line by line. */
export const saves: readonly Scenario[] = [
  saveDataset,
  importDataset,
  fixDataset,
  editDataset,
  saveDocument,
  initialise,
  promote(false),
  promote(true),
  exportAdapter,
  saveOverrides,
  freezeLabels,
  judgeCache,
  journal(1),
  journal(2),
];
