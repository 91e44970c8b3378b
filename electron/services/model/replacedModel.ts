import path from "node:path";
import { versionMade } from "../../../shared/domain/run/versionMade.ts";
import { adapterVersionPattern } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256Through } from "../hashing/hashing.ts";
import { runIndexOf } from "../run/runIndex.ts";
import { RunListCache } from "../run/runListCache.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { locateAdapter } from "./trainedAdapter.ts";

/** Returns the hash of the adapter in a folder; null when there is none. */
async function adapterHash(files: FileLayer, folder: string): Promise<string | null> {
  const adapter = await locateAdapter(files, folder);
  return adapter === null ? null : sha256Through(files, adapter.hashedFile);
}

/** Returns the ID of the run to promote for an adapter again; null when no run has it. */
async function runWithAdapter(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  hash: string,
): Promise<string | null> {
  const { runs } = await new RunListCache(files, workspace.paths.runs, runIndexOf(workspace)).list();
  for (const run of runs) {
    if (versionMade(run) === version && (await adapterHash(files, run.folder)) === hash) return run.id;
  }
  return null;
}

/** Returns the folder of the replaced models that no run has. */
export const keptFolder = (workspace: Workspace): string => path.join(workspace.paths.models, "replaced");
const keptName = (version: string, hash: string): string => `model_${version}-${hash.slice(0, 12)}`;
const keptPattern = new RegExp(`^model_(${adapterVersionPattern})-[0-9a-f]{12}$`);

/**
 * Returns what `promote` takes to restore the model in a folder after it is replaced: a run's ID, or the name under which
 * a model without a run is kept. Null when the folder has no adapter.
 */
export async function restorable(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  folder: string,
): Promise<string | null> {
  const hash = await adapterHash(files, folder);
  if (hash === null) return null;
  const run = await runWithAdapter(files, workspace, version, hash);
  return run ?? keptName(version, hash);
}

/**
 * Removes a replaced model whose run can be promoted again, and keeps any other one in `models/replaced`. Safe to repeat
 * after an interruption.
 */
export async function putAway(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  folder: string,
): Promise<void> {
  const name = await restorable(files, workspace, version, folder);
  const kept = name === null || !keptPattern.test(name) ? null : path.join(keptFolder(workspace), name);
  // Copied, because a power cut may lose the new name of a folder renamed into another one.
  if (kept !== null && !(await files.exists(kept))) await files.copy(folder, kept);
  await files.remove(folder);
}

/** Returns a kept model by its name; null when there is none. */
export async function findKept(
  files: FileLayer,
  workspace: Workspace,
  name: string,
): Promise<{ version: string; folder: string } | null> {
  const version = keptPattern.exec(name)?.[1];
  const folder = path.join(keptFolder(workspace), name);
  return version !== undefined && (await files.exists(folder)) ? { version, folder } : null;
}
