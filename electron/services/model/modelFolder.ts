import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Where the model that is being replaced stands for the moment between the two renames. */
function setAside(workspace: Workspace, version: string): string {
  return path.join(workspace.paths.models, `.model_${version}.old`);
}

/** How long a reader waits for a promotion that stands between its two renames, in milliseconds. */
const betweenRenamesMs = 50;

/**
 * The folder to read a version from; null where there is none. Where the program died between the two renames of a
 * promotion, the old model is read from where it was set aside, without changing anything.
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

/** Puts a whole folder in a version's place. Ends with the old one or the new one there; for the holder of the lock. */
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
  // What cannot be removed now is in nobody's way: the next start removes it.
  await files.remove(aside).catch(() => {});
  return target;
}

/** Ends a promotion that was cut off. Says what it did; null where there was nothing to do. */
export async function settleModel(
  files: FileLayer,
  workspace: Workspace,
  version: string,
): Promise<string | null> {
  const target = workspace.paths.model(version);
  const aside = setAside(workspace, version);
  if (!(await files.exists(aside))) return null;
  if (await files.exists(target)) {
    await files.remove(aside);
    return `removed what a promotion of ${version} had left over; the new model is whole`;
  }
  await files.rename(aside, target);
  return `put model_${version} back: its replacement was cut off before the new one was there`;
}
