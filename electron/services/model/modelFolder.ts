import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { putAway } from "./replacedModel.ts";

/** Returns the path of the replaced model between the two renames. */
function setAside(workspace: Workspace, version: string): string {
  return path.join(workspace.paths.models, `.model_${version}.old`);
}

/** How long a reader waits for a promotion between its two renames, in milliseconds. */
const betweenRenamesMs = 50;

/**
 * Returns the folder to read a version from; null when there is none. If the program died between the two renames of a
 * promotion, that is the folder where the old model was set aside. Changes nothing.
 */
export async function findModelFolder(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<string | null> {
  const target = workspace.paths.model(version);
  if (await files.exists(target)) return target;
  const aside = setAside(workspace, version);
  if (!(await files.exists(aside))) return null;
  await wait(betweenRenamesMs);
  if (await files.exists(target)) return target;
  return aside;
}

/**
 * Replaces a version's folder by a complete new one. Leaves the old or the new model. The old one stays reachable: in its
 * run, or in `models/replaced`. Requires the workspace lock.
 */
export async function replaceModel(
  files: FileLayer,
  workspace: Workspace,
  version: string,
  fresh: string,
): Promise<string> {
  const target = workspace.paths.model(version);
  const aside = setAside(workspace, version);
  await settleModel(files, workspace, version);
  try {
    if (await files.exists(target)) await files.rename(target, aside);
    await files.rename(fresh, target);
  } catch (error) {
    await settleModel(files, workspace, version).catch(() => {});
    throw error;
  }
  // A folder that can't be put away now does no harm: the next start does it.
  if (await files.exists(aside)) await putAway(files, workspace, version, aside).catch(() => {});
  return target;
}

/** Completes or reverts an interrupted promotion. Returns what was done; null when there was nothing to do. */
export async function settleModel(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<string | null> {
  const target = workspace.paths.model(version);
  const aside = setAside(workspace, version);
  if (!(await files.exists(aside))) return null;
  if (await files.exists(target)) {
    await putAway(files, workspace, version, aside);
    return `put away the old model that an interrupted promotion of ${version} left; the new model is complete`;
  }
  await files.rename(aside, target);
  return `restored model_${version}: its replacement was interrupted before the new model was in place`;
}
