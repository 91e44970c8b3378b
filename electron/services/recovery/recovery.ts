import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { deadTemporaries, type Leftover } from "../files/leftovers.ts";
import { settleModel } from "../model/modelFolder.ts";
import { type Workspace, writeLockFile } from "../workspace/workspace.ts";

/** What a writer that died left in a workspace. */
interface Leftovers {
  /** Temporary files and folders of processes that are gone. */
  readonly temporary: Leftover[];
  /** Versions whose promotion was cut off between or behind its two renames. */
  readonly models: string[];
  /** Provenance whose dataset was never written; the next save of that version writes it anew. */
  readonly provenance: string[];
}

async function namesIn(files: FileLayer, folder: string): Promise<string[]> {
  return (await files.exists(folder)) ? files.list(folder) : [];
}

async function findLeftovers(files: FileLayer, { folder, paths }: Workspace): Promise<Leftovers> {
  const runs = (await namesIn(files, paths.runs)).map((name) => path.join(paths.runs, name));
  const temporary: Leftovers["temporary"] = [];
  const state = [paths.state, path.join(paths.state, "edits"), path.join(paths.state, "index")];
  for (const place of [folder, paths.data, paths.models, paths.images, ...state, paths.runs, ...runs]) {
    // A file among the runs is no folder to look into.
    temporary.push(...(await deadTemporaries(files, place).catch(() => [])));
  }
  const models = (await namesIn(files, paths.models)).flatMap(
    (name) => /^\.model_(v\d+)\.old$/.exec(name)?.[1] ?? [],
  );
  const data = new Set(await namesIn(files, paths.data));
  const provenance = [...data].filter((name) => {
    const dataset = /^(dataset_v\d+)\.provenance\.jsonl$/.exec(name)?.[1];
    return dataset !== undefined && !data.has(`${dataset}.csv`);
  });
  return { temporary, models, provenance };
}

/**
 * Sets right what a writer that died left behind: temporary files are removed, a cut-off promotion is ended with the
 * old model or the new one. What another process is writing at the moment is left alone.
 * @returns what was done, a line each; empty where there was nothing. What cannot be set right now (another writer is at
 * work, the disk refuses) is said too, and is in nobody's way: readers pass over all of it.
 */
export async function recoverWorkspace(files: FileLayer, workspace: Workspace): Promise<string[]> {
  if (workspace.sample) return [];
  try {
    const found = await findLeftovers(files, workspace);
    if (found.temporary.length + found.models.length + found.provenance.length === 0) return [];
    return await setRight(files, workspace);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [`what an earlier command left unfinished is still there: ${error.message}`];
  }
}

function setRight(files: FileLayer, workspace: Workspace): Promise<string[]> {
  return workspace.writing("recovery", async () => {
    // Looked at again: what stood between two renames a moment ago may be whole by now.
    const { temporary, models, provenance } = await findLeftovers(files, workspace);
    const said: string[] = [];
    for (const version of models) said.push((await settleModel(files, workspace, version)) ?? "");
    for (const leftover of temporary) {
      await files.remove(leftover.path);
      // The lock itself is nothing a person has saved.
      if (leftover.of.startsWith(path.basename(writeLockFile(workspace.paths)))) continue;
      said.push(
        `removed an unfinished ${leftover.of}: its writer was cut off, and what was there before is kept`,
      );
    }
    for (const name of provenance) {
      said.push(`${name} has no dataset beside it: its save was cut off, and the next save replaces it`);
    }
    return said.filter((line) => line !== "");
  });
}
