import { lstat, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { explainingDisk } from "./diskFailure.ts";
import { isAbsent, type Primitives } from "./primitives.ts";

/** The number of links that Linux follows. */
const mostLinks = 40;

/**
 * Returns the real location of a path. Follows links, including dangling ones, because a write would create their
 * target. Missing parts are kept. Throws `Failure` for a loop of links or without permission.
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
  if (links === 0) throw new Failure("bad-value", `${file} leads through a loop of symbolic links`, { file });
  return followed(target, links - 1);
}

/** Returns the target of a link, one step, or null if the path isn't a link. */
async function danglingTarget(place: string): Promise<string | null> {
  try {
    if (!(await lstat(place)).isSymbolicLink()) return null;
    return path.resolve(path.dirname(place), await readlink(place));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Whether a path is a root or inside it, by whole segments: `/data-secret` isn't in `/data`. */
export function isWithin(root: string, place: string): boolean {
  const relative = path.relative(root, place);
  return relative === "" || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== "..");
}

/** The folders that a host's caller may access. Evaluated each time, because workspaces open and close. */
export interface Reach {
  /** Folders with full read and write access: open workspaces and folders that the user allowed. */
  writable(): readonly string[];
  /** Folders with full read access. */
  readable?(): readonly string[];
  /** Folders with read access except for hidden entries, because folders such as `.ssh` contain keys. */
  browsable?(): readonly string[];
}

/** Whether a path below a root goes through a hidden entry. */
function isHidden(root: string, place: string): boolean {
  return path
    .relative(root, place)
    .split(path.sep)
    .some((name) => name.startsWith("."));
}

/** Whether a file is a hard link to one of the `.env` files with keys. */
async function isEnvFile(place: string, folders: readonly string[]): Promise<boolean> {
  const own = await stat(place, { bigint: true }).catch(() => null);
  if (own === null || own.nlink < 2n || !own.isFile()) return false;
  for (const folder of folders) {
    const env = await stat(path.join(folder, ".env"), { bigint: true }).catch(() => null);
    if (env !== null && env.ino === own.ino && env.dev === own.dev) return true;
  }
  return false;
}

async function isIn(roots: readonly string[], place: string): Promise<boolean> {
  // A real path contains no links, so a path inside the resolved root needs no further check.
  if (roots.some((root) => isWithin(path.resolve(root), place))) return true;
  for (const root of roots) if (isWithin(await followed(root), place)) return true;
  return false;
}

const outsideRead = (file: string) =>
  new Failure("bad-value", `${file} is outside the folders that may be read here`, {
    hint: "Copy the file into the workspace, or restart with `--allow DIR`. Hidden folders are never shown.",
    file,
  });

const outsideWrite = (file: string) =>
  new Failure("bad-value", `${file} is outside the folders that Namewright may write to`, {
    hint: "Choose a place inside an open workspace, or restart with `--allow DIR` to allow another folder.",
    file,
  });

/** Returns the checks of paths against a reach. Each follows links first, and throws `Failure` `bad-value`. */
function accessChecks(reach: Reach) {
  async function isBrowsable(place: string): Promise<boolean> {
    const roots = await Promise.all((reach.browsable?.() ?? []).map((root) => followed(root)));
    const around = roots.filter((root) => isWithin(root, place));
    return around.length > 0 && !around.some((root) => isHidden(root, place));
  }

  async function realPlaceOf(file: string): Promise<string> {
    const place = await followed(file);
    // It contains keys. Only the program itself reads it.
    if (path.basename(place) === ".env" || (await isEnvFile(place, [...reach.writable(), process.cwd()])))
      throw new Failure("bad-value", ".env is never shown", { file });
    return place;
  }

  async function assertReadable(file: string): Promise<void> {
    const place = await realPlaceOf(file);
    if (await isIn([...reach.writable(), ...(reach.readable?.() ?? [])], place)) return;
    if (!(await isBrowsable(place))) throw outsideRead(file);
  }

  async function assertWritable(file: string): Promise<void> {
    const place = await realPlaceOf(file);
    if (!(await isIn(reach.writable(), place))) throw outsideWrite(place);
  }

  return { assertReadable, assertWritable };
}

/**
 * Returns primitives for a host whose caller has limited access. Follows links first, and refuses operations outside
 * the allowed folders before they touch anything.
 */
export function guardedPrimitives(disk: Primitives, reach: Reach): Primitives {
  const { assertReadable, assertWritable } = accessChecks(reach);
  const guarded =
    (check: (file: string) => Promise<void>) =>
    <Rest extends unknown[], Value>(operation: (file: string, ...rest: Rest) => Promise<Value>) =>
    async (file: string, ...rest: Rest): Promise<Value> => {
      await check(file);
      return operation(file, ...rest);
    };
  const reading = guarded(assertReadable);
  const writing = guarded(assertWritable);
  const both =
    (check: (file: string) => Promise<void>, operation: (from: string, to: string) => Promise<void>) =>
    async (from: string, to: string) => {
      await check(from);
      await assertWritable(to);
      return operation(from, to);
    };
  return {
    read: reading(disk.read),
    readPart: reading(disk.readPart),
    size: reading(disk.size),
    lastByte: reading(disk.lastByte),
    exists: reading(disk.exists),
    isFolder: reading(disk.isFolder),
    list: reading(disk.list),
    linkTarget: disk.linkTarget,
    // Operations in the folder are checked separately.
    holdFolder: reading(disk.holdFolder),
    target: writing(disk.target),
    create: writing(disk.create),
    openToAppend: writing(disk.openToAppend),
    copyFile: both(assertReadable, disk.copyFile),
    syncFile: writing(disk.syncFile),
    // A new folder is synced in its parent, which may be outside the root.
    syncFolder: disk.syncFolder,
    makeFolder: writing(disk.makeFolder),
    rename: both(assertWritable, disk.rename),
    link: both(assertWritable, disk.link),
    removeFile: writing(disk.removeFile),
    removeFolder: writing(disk.removeFolder),
  };
}
