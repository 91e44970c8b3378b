import path from "node:path";
import { isTagDead } from "../processes/processIdentity.ts";
import type { FileLayer } from "./fileLayer.ts";
import { parseTemporary } from "./temporaryFile.ts";

/** Something unfinished of a process that is gone. */
export interface Leftover {
  readonly path: string;
  /** The name of the file or folder it was to become. */
  readonly of: string;
}

/** Temporary files and folders in a folder whose writers are gone; those of living ones and of other machines not. */
export async function deadTemporaries(files: FileLayer, folder: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  if (!(await files.exists(folder))) return found;
  for (const name of await files.list(folder)) {
    const parsed = parseTemporary(name);
    if (parsed === null || !(await isTagDead(parsed.writerTag))) continue;
    found.push({ path: path.join(folder, name), of: parsed.of });
  }
  return found;
}

/** Removes them. */
export async function removeDeadTemporaries(files: FileLayer, folder: string): Promise<void> {
  for (const leftover of await deadTemporaries(files, folder)) await files.remove(leftover.path);
}
