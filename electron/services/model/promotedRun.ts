import { versionMade } from "../../../shared/domain/run/versionMade.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { runIndexOf } from "../run/runIndex.ts";
import { RunListCache } from "../run/runListCache.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { findModelFolder } from "./modelFolder.ts";
import { findAdapter } from "./trainedAdapter.ts";

/** Returns the hash of the adapter in a folder; null when there is none. */
async function adapterIn(files: FileLayer, folder: string): Promise<string | null> {
  return (await findAdapter(files, folder))?.adapterHash ?? null;
}

/**
 * Returns why a run must not be removed: it is the promoted model's only source, with its curves, gate and
 * checkpoints. Null when the run may be removed.
 */
export async function onlySourceOfModel(
  files: FileLayer,
  workspace: Workspace,
  run: Run,
): Promise<string | null> {
  const version = versionMade(run);
  if (version === null) return null;
  const model = await findModelFolder(files, workspace, version);
  const adapter = await adapterIn(files, run.folder);
  if (model === null || adapter === null || adapter !== (await adapterIn(files, model))) return null;
  const { runs } = await new RunListCache(files, workspace.paths.runs, runIndexOf(workspace)).list();
  for (const other of runs) {
    if (other.id === run.id || versionMade(other) === null) continue;
    if ((await adapterIn(files, other.folder)) === adapter) return null;
  }
  return `model_${version} was promoted from this run, and no other run has its adapter`;
}
