import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { adapterVersionPattern } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { deadTemporaries, type Leftover } from "../files/leftovers.ts";
import { settleModel } from "../model/modelFolder.ts";
import { keptFolder } from "../model/replacedModel.ts";
import { type Workspace, writeLockFile } from "../workspace/workspace.ts";

/** What an interrupted writer left in a workspace. */
interface Leftovers {
  /** Temporary files and folders of processes that are gone. */
  readonly temporary: Leftover[];
  /** Versions whose promotion was interrupted between or after its two renames. */
  readonly models: string[];
  /** Provenance whose dataset was never written. The next save of that version replaces it. */
  readonly provenance: string[];
}

/** A model that was set aside by a promotion. */
const oldModel = new RegExp(`^\\.model_(${adapterVersionPattern})\\.old$`);

async function namesIn(files: FileLayer, folder: string): Promise<string[]> {
  return (await files.exists(folder)) ? files.list(folder) : [];
}

async function findLeftovers(files: FileLayer, workspace: Workspace): Promise<Leftovers> {
  const { folder, paths } = workspace;
  const runs = (await namesIn(files, paths.runs)).map((name) => path.join(paths.runs, name));
  const temporary: Leftovers["temporary"] = [];
  const state = [paths.state, path.join(paths.state, "edits"), path.join(paths.state, "index")];
  const models = [paths.models, keptFolder(workspace)];
  for (const place of [folder, paths.data, ...models, paths.images, ...state, paths.runs, ...runs]) {
    // A file in the runs folder can't be listed.
    temporary.push(...(await deadTemporaries(files, place).catch(() => [])));
  }
  const interrupted = (await namesIn(files, paths.models)).flatMap((name) => oldModel.exec(name)?.[1] ?? []);
  const data = new Set(await namesIn(files, paths.data));
  const provenance = [...data].filter((name) => {
    const dataset = /^(dataset_v\d+)\.provenance\.jsonl$/.exec(name)?.[1];
    return dataset !== undefined && !data.has(`${dataset}.csv`);
  });
  return { temporary, models: interrupted, provenance };
}

/**
 * Repairs what an interrupted writer left: removes temporary files and completes or reverts a promotion. Doesn't touch
 * what another process is writing.
 * @returns what was done, one line each; empty when there was nothing to do. Also reports what can't be repaired now, as
 * when another process is writing or the disk fails. That does no harm: readers skip all of it.
 */
export async function recoverWorkspace(files: FileLayer, workspace: Workspace): Promise<string[]> {
  if (workspace.sample) return [];
  try {
    const found = await findLeftovers(files, workspace);
    if (found.temporary.length + found.models.length + found.provenance.length === 0) return [];
    return await setRight(files, workspace);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`couldn't clean up after an interrupted command: ${error.message}`];
  }
}

function setRight(files: FileLayer, workspace: Workspace): Promise<string[]> {
  return workspace.writing("recovery", async () => {
    // Checked again, because a promotion in progress may have finished since.
    const { temporary, models, provenance } = await findLeftovers(files, workspace);
    const said: string[] = [];
    for (const version of models) said.push((await settleModel(files, workspace, version)) ?? "");
    for (const leftover of temporary) {
      await files.remove(leftover.path);
      // The lock isn't user data.
      if (leftover.of.startsWith(path.basename(writeLockFile(workspace.paths)))) continue;
      said.push(
        `removed an unfinished ${leftover.of}: its writer was interrupted, and the previous version is kept`,
      );
    }
    for (const name of provenance) {
      said.push(`${name} has no dataset: its save was interrupted, and the next save replaces it`);
    }
    return said.filter((line) => line !== "");
  });
}
