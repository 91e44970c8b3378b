import { lstat, readlink, realpath, stat } from "node:fs/promises";
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
  if (links === 0) throw new Failure("bad-value", `${file} leads through a loop of symbolic links`, { file });
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

/** Where a host's caller may reach. Asked each time, since workspaces come and go. */
export interface Reach {
  /** Folders that may be read and written whole: opened workspaces, and those a person named. */
  writable(): readonly string[];
  /** Folders that may be read whole. */
  readable?(): readonly string[];
  /** Folders that may be read but for what is hidden in any of them: keys are in folders such as `.ssh`. */
  browsable?(): readonly string[];
}

/** Whether a path leads through something hidden below a root that it is in. */
function isHidden(root: string, place: string): boolean {
  return path
    .relative(root, place)
    .split(path.sep)
    .some((name) => name.startsWith("."));
}

/** Whether a file is another name of one of the `.env` files that the program reads keys from. */
async function isEnvFile(place: string, folders: readonly string[]): Promise<boolean> {
  const own = await stat(place, { bigint: true }).catch(() => null);
  if (own === null || own.nlink < 2n || !own.isFile()) return false;
  for (const folder of folders) {
    const env = await stat(path.join(folder, ".env"), { bigint: true }).catch(() => null);
    if (env !== null && env.ino === own.ino && env.dev === own.dev) return true;
  }
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

/**
 * The primitives for a host whose caller may not reach the whole disk: an operation outside the reach fails before it
 * touches anything, with links followed first.
 */
export function guardedPrimitives(disk: Primitives, reach: Reach): Primitives {
  async function isIn(roots: readonly string[], place: string): Promise<boolean> {
    // No real path leads through a link: one that begins as the root does lies in it, and the root is none.
    if (roots.some((root) => isWithin(path.resolve(root), place))) return true;
    for (const root of roots) if (isWithin(await followed(root), place)) return true;
    return false;
  }

  async function isBrowsable(place: string): Promise<boolean> {
    const roots = await Promise.all((reach.browsable?.() ?? []).map((root) => followed(root)));
    const around = roots.filter((root) => isWithin(root, place));
    return around.length > 0 && !around.some((root) => isHidden(root, place));
  }

  async function placeOf(file: string): Promise<string> {
    const place = await followed(file);
    // Keys are in it: the program reads it by itself, and shows it to nobody.
    if (path.basename(place) === ".env" || (await isEnvFile(place, [...reach.writable(), process.cwd()])))
      throw new Failure("bad-value", ".env is never shown", { file });
    return place;
  }

  async function assertReadable(file: string): Promise<void> {
    const place = await placeOf(file);
    if (await isIn([...reach.writable(), ...(reach.readable?.() ?? [])], place)) return;
    if (!(await isBrowsable(place))) throw outsideRead(file);
  }

  async function assertWritable(file: string): Promise<void> {
    const place = await placeOf(file);
    if (!(await isIn(reach.writable(), place))) throw outsideWrite(place);
  }

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
    // What is done in it is checked by itself.
    holdFolder: reading(disk.holdFolder),
    target: writing(disk.target),
    create: writing(disk.create),
    openToAppend: writing(disk.openToAppend),
    copyFile: both(assertReadable, disk.copyFile),
    syncFile: writing(disk.syncFile),
    // A folder made inside a root is synced in the one that holds it, which may be the root's own parent.
    syncFolder: disk.syncFolder,
    makeFolder: writing(disk.makeFolder),
    rename: both(assertWritable, disk.rename),
    link: both(assertWritable, disk.link),
    removeFile: writing(disk.removeFile),
    removeFolder: writing(disk.removeFolder),
  };
}
