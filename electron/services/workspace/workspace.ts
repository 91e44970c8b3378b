import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import {
  type WorkspaceConfig,
  WorkspaceConfigSchema,
  type WorkspaceInfo,
} from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { withWriteLock } from "./writeLock.ts";

export const configFile = "namewright.json";

/** An open workspace: where everything lies. */
export interface Workspace {
  readonly folder: string;
  readonly config: WorkspaceConfig;
  /** The finished sample that came with the program: read, never written. */
  readonly sample: boolean;
  readonly paths: WorkspacePaths;
  /**
   * Runs one save as the workspace's only writer, among all processes; `purpose` names it to those who wait. A check
   * belongs into the same body as the write it guards. Readers need no lock: every file is the old or the new one.
   * @throws Failure `missing` where another process holds the lock and does not let go in time, and in the sample.
   */
  writing<T>(purpose: string, body: () => Promise<T>): Promise<T>;
}

export interface WorkspacePaths {
  readonly data: string;
  readonly models: string;
  readonly runs: string;
  readonly images: string;
  /** Git-ignored state of ours: judge cache, counters, disposable indexes. */
  readonly state: string;
  readonly testSet: string;
  readonly frozenLabels: string;
  dataset(version: string): string;
  results(version: string): string;
  overrides(version: string): string;
  model(version: string): string;
}

function pathsOf(folder: string): WorkspacePaths {
  const data = path.join(folder, "data");
  return {
    data,
    models: path.join(folder, "models"),
    runs: path.join(folder, "runs"),
    images: path.join(folder, "images"),
    state: path.join(folder, ".namewright"),
    testSet: path.join(data, "test_set.csv"),
    frozenLabels: path.join(data, "test_set.labels.csv"),
    dataset: (version) => path.join(data, `dataset_${version}.csv`),
    results: (version) => path.join(data, `model_${version}-results.csv`),
    overrides: (version) => path.join(data, `model_${version}-overrides.csv`),
    model: (version) => path.join(folder, "models", `model_${version}`),
  };
}

/** The lock of a workspace's one writer, in the state folder. */
export function writeLockFile(paths: Pick<WorkspacePaths, "state">): string {
  return path.join(paths.state, "write.lock");
}

/** A namewright.json is a few lines; what is larger is another file. In bytes. */
const MOST_CONFIG_BYTES = 64_000;

async function readConfigText(files: FileLayer, file: string): Promise<string> {
  const bytes = await files.readPart(file, 0, MOST_CONFIG_BYTES + 1).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
    throw new Failure("missing", `${path.dirname(file)} isn't a workspace: it has no ${configFile}`, {
      file,
      hint: "If the folder was moved, open it at its new place.",
      cause: error,
    });
  });
  if (bytes.length > MOST_CONFIG_BYTES) {
    throw new Failure("bad-value", `${file} is larger than 64 kB, so it can't be a workspace's settings`, {
      file,
      hint: "Restore the file from git.",
    });
  }
  // Editors on Windows write a byte order mark, which the decoder leaves out.
  return new TextDecoder().decode(bytes);
}

/** Reads a namewright.json. @throws Failure `missing`, or `bad-value` that names what is wrong in it */
export async function readConfig(files: FileLayer, file: string): Promise<WorkspaceConfig> {
  const text = await readConfigText(files, file);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Failure("bad-value", `${file} isn't valid JSON`, {
      file,
      hint: "Correct the file, or restore it from git.",
      cause,
    });
  }
  const config = WorkspaceConfigSchema.safeParse(json);
  if (!config.success) {
    throw new Failure("bad-value", `${file}: ${issueWords(config.error, json)}`, {
      file,
      hint: "Correct this value in the file.",
    });
  }
  return config.data;
}

/** Opens the workspace in `folder`, and confines to it what is written below. @throws Failure `bad-value` where its namewright.json is not one. */
export async function openWorkspace(files: FileLayer, folder: string, sample: boolean): Promise<Workspace> {
  const config = await readConfig(files, path.join(folder, configFile));
  await files.confine(folder, configFile);
  const paths = pathsOf(folder);
  return {
    folder,
    config,
    sample,
    paths,
    writing: async (purpose, body) => {
      if (sample) throw sampleIsReadOnly();
      return withWriteLock(files, writeLockFile(paths), purpose, body);
    },
  };
}

/** The nearest folder at or above `from` that holds namewright.json; null where there is none. */
export async function findWorkspace(files: FileLayer, from: string): Promise<string | null> {
  let folder = path.resolve(from);
  for (;;) {
    // A folder above that one may not look into holds no workspace of ours.
    if (await files.exists(path.join(folder, configFile)).catch(() => false)) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

function isWorkspaceAlready(folder: string, file: string): Failure {
  return new Failure("bad-value", `${folder} is a workspace already`, {
    file,
    hint: "Choose another folder; nothing was changed.",
  });
}

/** A workspace is made around what a person has, never over it. */
export function isThereAlready(file: string): Failure {
  return new Failure("bad-value", `${file} is there already, and is not written over`, {
    file,
    hint: "Choose another folder, or make an empty workspace here; nothing was changed.",
  });
}

function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

const gitignore = [".namewright/", "runs/*/checkpoint*/", ".env", ""].join("\n");

/**
 * Makes a workspace of `folder`, with the sample's first dataset, test set and slice pools where `fromSample` names it.
 * @throws Failure `bad-value`, nothing changed, where it is one already or other bytes lie where those two belong
 */
export async function initWorkspace(
  files: FileLayer,
  folder: string,
  options: {
    name?: string;
    base?: string;
    preset?: string;
    slicePools?: WorkspaceConfig["slicePools"] | undefined;
    fromSample?: string;
  },
): Promise<{ workspace: Workspace; written: string[] }> {
  const file = path.join(folder, configFile);
  if (await files.exists(file)) throw isWorkspaceAlready(folder, file);
  const { fromSample } = options;
  const slicePools =
    fromSample === undefined
      ? options.slicePools
      : (await readConfig(files, path.join(fromSample, configFile))).slicePools;
  const config = WorkspaceConfigSchema.parse({
    schemaVersion: 1,
    name: options.name ?? path.basename(path.resolve(folder)),
    ...(options.base === undefined ? {} : { base: options.base }),
    ...(options.preset === undefined ? {} : { preset: options.preset }),
    ...(slicePools === undefined ? {} : { slicePools }),
  });
  const to = pathsOf(path.resolve(folder));
  const written: string[] = [];
  await files.makeFolder(folder);
  // What is in the folder already may come from a stranger.
  await files.confine(folder, null);
  if (fromSample !== undefined) {
    const from = pathsOf(fromSample);
    const copies = [
      { target: to.dataset("v1"), bytes: await files.read(from.dataset("v1")) },
      { target: to.testSet, bytes: await files.read(from.testSet) },
    ];
    // All are looked at before the first is written; one that says the same is of a beginning that was cut off.
    for (const { target, bytes } of copies)
      if ((await files.exists(target)) && !bytesEqual(await files.read(target), bytes))
        throw isThereAlready(target);
    for (const { target, bytes } of copies) {
      if (await files.writeNew(target, bytes)) written.push(target);
    }
  }
  const ignore = path.join(folder, ".gitignore");
  if (!(await files.exists(ignore))) {
    await files.writeAtomic(ignore, gitignore);
    written.push(ignore);
  }
  // Last, so that a folder is a workspace only when all of it is there; new, so that of two only one makes it.
  if (!(await files.writeNew(file, `${JSON.stringify(config, null, 2)}\n`)))
    throw isWorkspaceAlready(folder, file);
  written.push(path.resolve(file));
  return { workspace: await openWorkspace(files, path.resolve(folder), false), written };
}

function byNumber(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

/** What lies in the workspace. */
export async function describeWorkspace(files: FileLayer, workspace: Workspace): Promise<WorkspaceInfo> {
  const namesIn = async (folder: string, pattern: RegExp) => {
    const names = (await files.exists(folder)) ? await files.list(folder) : [];
    return names.flatMap((name) => pattern.exec(name)?.[1] ?? []).sort(byNumber);
  };
  return {
    folder: workspace.folder,
    sample: workspace.sample,
    config: workspace.config,
    datasets: await namesIn(workspace.paths.data, /^dataset_(v\d+)\.csv$/),
    versions: [
      // A model that a cut-off promotion set aside is still that version's.
      ...new Set([
        ...(await namesIn(workspace.paths.models, /^model_(v\d+)$/)),
        ...(await namesIn(workspace.paths.models, /^\.model_(v\d+)\.old$/)),
      ]),
    ].sort(byNumber),
    results: await namesIn(workspace.paths.data, /^model_(base|v\d+)-results\.csv$/),
  };
}

/** Throws where a command that writes stands in the sample. */
export function assertWritable(workspace: Workspace): void {
  if (workspace.sample) throw sampleIsReadOnly();
}

function sampleIsReadOnly(): Failure {
  return new Failure(
    "missing",
    "no workspace here, and the sample that came with the program is never written to",
    {
      hint: "Make one with `namewright workspace init DIR --from-sample`, then add `--workspace DIR`.",
    },
  );
}
