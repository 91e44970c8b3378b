import { lstat, readlink, realpath } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { explainingDisk } from "./diskFailure.ts";
import { isAbsent, type Primitives } from "./primitives.ts";

/** As many links as Linux follows. */
const mostLinks = 40;

/**
 * Where a path really leads: links are followed, one to something that is not there too, since writing through it would
 * make that; what is not there yet is kept. @throws Failure where links lead in a circle, or one may not look that far
 */
export function realPlace(file: string): Promise<string> {
  return explainingDisk("read", file, () => followed(file));
}

async function followed(file: string, links = mostLinks): Promise<string> {
  const absolute = path.resolve(file);
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  const parent = path.dirname(absolute);
  if (parent === absolute) return absolute;
  const place = path.join(await followed(parent, links), path.basename(absolute));
  const target = await danglingTarget(place);
  if (target === null) return place;
  if (links === 0) throw new Failure("bad-value", `${file} leads through links without end`, { file });
  return followed(target, links - 1);
}

/** Where a link leads, one step; null: there is no link. */
async function danglingTarget(place: string): Promise<string | null> {
  try {
    if (!(await lstat(place)).isSymbolicLink()) return null;
    return path.resolve(path.dirname(place), await readlink(place));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Whether a place is a root or lies in it: by whole path segments, so that `/data-secret` is not in `/data`. */
export function isWithin(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative === "" || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== "..");
}

/**
 * The primitives for a host whose caller may not reach the whole disk: an operation outside the roots fails before
 * it touches anything, with links followed first. `roots` is asked each time, since workspaces come and go.
 */
export function guardedPrimitives(disk: Primitives, roots: () => readonly string[]): Primitives {
  async function check(file: string): Promise<void> {
    const place = await followed(file);
    // Keys stand there: the program reads it by itself, nobody reads it through a dataset's path.
    if (path.basename(place) === ".env")
      throw new Failure("bad-value", ".env is not shown to anybody", { file });
    const allowed = roots();
    // No real path leads through a link: one that begins as the root does lies in it, and the root is none.
    if (allowed.some((root) => isWithin(path.resolve(root), place))) return;
    for (const root of allowed) if (isWithin(await followed(root), place)) return;
    throw new Failure("bad-value", `${file} lies outside the folders that may be used here`, {
      hint: "Bring the file into the workspace, or start with `--allow DIR`.",
      file,
    });
  }
  const guarded =
    <Rest extends unknown[], Value>(operation: (file: string, ...rest: Rest) => Promise<Value>) =>
    async (file: string, ...rest: Rest): Promise<Value> => {
      await check(file);
      return operation(file, ...rest);
    };
  const guardedBoth =
    (operation: (from: string, to: string) => Promise<void>) => async (from: string, to: string) => {
      await check(from);
      await check(to);
      return operation(from, to);
    };
  return {
    read: guarded(disk.read),
    readPart: guarded(disk.readPart),
    size: guarded(disk.size),
    lastByte: guarded(disk.lastByte),
    exists: guarded(disk.exists),
    isFolder: guarded(disk.isFolder),
    list: guarded(disk.list),
    target: guarded(disk.target),
    create: guarded(disk.create),
    openToAppend: guarded(disk.openToAppend),
    copyFile: guardedBoth(disk.copyFile),
    syncFile: guarded(disk.syncFile),
    // A folder made inside a root is synced in the one that holds it, which may be the root's own parent.
    syncFolder: disk.syncFolder,
    makeFolder: guarded(disk.makeFolder),
    rename: guardedBoth(disk.rename),
    link: guardedBoth(disk.link),
    removeFile: guarded(disk.removeFile),
    removeFolder: guarded(disk.removeFolder),
  };
}
