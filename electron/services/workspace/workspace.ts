import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { presetOfBase, thresholdOfBase } from "../../../shared/domain/training/presets.ts";
import { byVersion, datasetOf } from "../../../shared/domain/workspace/seeds.ts";
import {
  adapterVersionPattern,
  datasetVersionPattern,
  resultsPattern,
  type WorkspaceConfig,
  WorkspaceConfigSchema,
  type WorkspaceInfo,
} from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { withWriteLock } from "./writeLock.ts";

export const configFile = "namewright.json";

/** An open workspace and the paths of its files. */
export interface Workspace {
  readonly folder: string;
  readonly config: WorkspaceConfig;
  /** Whether this is the bundled sample, which is read-only. */
  readonly sample: boolean;
  readonly paths: WorkspacePaths;
  /**
   * Runs one save as the workspace's only writer among all processes. `purpose` is shown to those who wait. A check
   * belongs in the same body as the write it guards. Readers need no lock: every file is the old or the new one.
   * @throws Failure `missing` when another process doesn't release the lock in time, and in the sample.
   */
  writing<T>(purpose: string, body: () => Promise<T>): Promise<T>;
}

export interface WorkspacePaths {
  readonly data: string;
  readonly models: string;
  readonly runs: string;
  readonly images: string;
  readonly prompts: string;
  /** Git-ignored state of ours: judge cache, counters, disposable indexes. */
  readonly state: string;
  readonly testSet: string;
  readonly frozenLabels: string;
  /** Every look at the held-out rows. In git, so that copies of the workspace count together. */
  readonly heldoutLooks: string;
  /** Rows written beforehand that an augmentation draws from. */
  readonly rowPool: string;
  /** The members of a group of seeds share the group's dataset. */
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
    prompts: path.join(folder, "prompts"),
    state: path.join(folder, ".namewright"),
    testSet: path.join(data, "test_set.csv"),
    frozenLabels: path.join(data, "test_set.labels.csv"),
    heldoutLooks: path.join(data, "heldout-looks.jsonl"),
    rowPool: path.join(data, "row_pool.csv"),
    dataset: (version) => path.join(data, `dataset_${datasetOf(version)}.csv`),
    results: (version) => path.join(data, `model_${version}-results.csv`),
    overrides: (version) => path.join(data, `model_${version}-overrides.csv`),
    model: (version) => path.join(folder, "models", `model_${version}`),
  };
}

/** Returns the path of a workspace's write lock in the state folder. */
export function writeLockFile(paths: Pick<WorkspacePaths, "state">): string {
  return path.join(paths.state, "write.lock");
}

/** Maximum size of namewright.json in bytes. A valid file is a few lines. */
const MOST_CONFIG_BYTES = 64_000;

async function readConfigText(files: FileLayer, file: string): Promise<string> {
  const bytes = await files.readPart(file, 0, MOST_CONFIG_BYTES + 1).catch((error: unknown) => {
    if (!isAbsent(error)) throw error;
    throw new Failure("missing", `${path.dirname(file)} isn't a workspace: it has no ${configFile}`, {
      file,
      hint: "If the folder was moved, open it at its new location.",
      cause: error,
    });
  });
  if (bytes.length > MOST_CONFIG_BYTES) {
    throw new Failure("bad-value", `${file} is larger than 64 kB, so it can't be a workspace's settings`, {
      file,
      hint: "Restore the file from git.",
    });
  }
  // Editors on Windows write a byte order mark, which the decoder removes.
  return new TextDecoder().decode(bytes);
}

/** Reads a namewright.json. @throws Failure `missing`, or `bad-value` that names the error */
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

/** Opens the workspace in `folder` and confines writes to it. @throws Failure `bad-value` for invalid settings. */
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

/** Returns the nearest folder at or above `from` with a namewright.json; null when there is none. */
export async function findWorkspace(files: FileLayer, from: string): Promise<string | null> {
  let folder = path.resolve(from);
  for (;;) {
    // A parent folder without read permission isn't one of our workspaces.
    if (await files.exists(path.join(folder, configFile)).catch(() => false)) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

function isWorkspaceAlready(folder: string, file: string): Failure {
  return new Failure("bad-value", `${folder} is already a workspace`, {
    file,
    hint: "Choose another folder. Nothing was changed.",
  });
}

/** Returns the failure for a new workspace whose file exists. User files are never overwritten. */
export function isThereAlready(file: string): Failure {
  return new Failure("bad-value", `${file} already exists and won't be overwritten`, {
    file,
    hint: "Choose another folder, or create an empty workspace here. Nothing was changed.",
  });
}

function bytesEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

const gitignore = [".namewright/", "runs/*/checkpoint*/", ".env", ""].join("\n");

/** Looks are only added, so a merge keeps the lines of both sides. */
const gitattributes = "data/heldout-looks.jsonl merge=union\n";

/**
 * Creates a workspace in `folder`. With `fromSample`, copies the sample's first dataset, test set, row pool and slice
 * pools.
 * @throws Failure `bad-value`, with nothing changed, when it is already a workspace or has other files in those places
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
  const preset = options.preset ?? presetOfBase(options.base ?? "") ?? undefined;
  const config = WorkspaceConfigSchema.parse({
    schemaVersion: 1,
    name: options.name ?? path.basename(path.resolve(folder)),
    ...(options.base === undefined ? {} : { base: options.base }),
    ...(preset === undefined ? {} : { preset }),
    refusalThreshold: thresholdOfBase(options.base ?? ""),
    ...(slicePools === undefined ? {} : { slicePools }),
  });
  const to = pathsOf(path.resolve(folder));
  const written: string[] = [];
  await files.makeFolder(folder);
  // Existing files in the folder may come from an untrusted source.
  await files.confine(folder, null);
  if (fromSample !== undefined) {
    const from = pathsOf(fromSample);
    const copies = [
      { target: to.dataset("v1"), bytes: await files.read(from.dataset("v1")) },
      { target: to.testSet, bytes: await files.read(from.testSet) },
    ];
    if (await files.exists(from.rowPool))
      copies.push({ target: to.rowPool, bytes: await files.read(from.rowPool) });
    // All are checked before the first is written. An equal file comes from an interrupted init.
    for (const { target, bytes } of copies)
      if ((await files.exists(target)) && !bytesEqual(await files.read(target), bytes))
        throw isThereAlready(target);
    for (const { target, bytes } of copies) {
      if (await files.writeNew(target, bytes)) written.push(target);
    }
  }
  for (const [name, text] of [
    [".gitignore", gitignore],
    [".gitattributes", gitattributes],
  ] as const) {
    const own = path.join(folder, name);
    if (await files.exists(own)) continue;
    await files.writeAtomic(own, text);
    written.push(own);
  }
  // Written last, so that only a complete folder is a workspace. As a new file, so that only one process creates it.
  if (!(await files.writeNew(file, `${JSON.stringify(config, null, 2)}\n`)))
    throw isWorkspaceAlready(folder, file);
  written.push(path.resolve(file));
  return { workspace: await openWorkspace(files, path.resolve(folder), false), written };
}

/** Lists the workspace's datasets, versions and results. */
export async function describeWorkspace(
  files: FileLayer,
  workspace: Workspace,
): Promise<Omit<WorkspaceInfo, "looks">> {
  const namesIn = async (folder: string, pattern: RegExp) => {
    const names = (await files.exists(folder)) ? await files.list(folder) : [];
    return names.flatMap((name) => pattern.exec(name)?.[1] ?? []).sort(byVersion);
  };
  return {
    folder: workspace.folder,
    sample: workspace.sample,
    config: workspace.config,
    datasets: await namesIn(workspace.paths.data, new RegExp(`^dataset_(${datasetVersionPattern})\\.csv$`)),
    versions: [
      // A model set aside by an interrupted promotion still belongs to its version.
      ...new Set([
        ...(await namesIn(workspace.paths.models, new RegExp(`^model_(${adapterVersionPattern})$`))),
        ...(await namesIn(workspace.paths.models, new RegExp(`^\\.model_(${adapterVersionPattern})\\.old$`))),
      ]),
    ].sort(byVersion),
    results: await namesIn(workspace.paths.data, new RegExp(`^model_(${resultsPattern})-results\\.csv$`)),
  };
}

/** Throws `Failure` `missing` when the workspace is the read-only sample. */
export function assertWritable(workspace: Workspace): void {
  if (workspace.sample) throw sampleIsReadOnly();
}

function sampleIsReadOnly(): Failure {
  return new Failure("missing", "no workspace here, and the bundled sample is read-only", {
    hint: "Create one with `namewright workspace init DIR --from-sample`, then add `--workspace DIR`.",
  });
}
