import path from "node:path";
import { isTagDead } from "../processes/processIdentity.mjs";
import type { FileLayer } from "./fileLayer.ts";
import { parseTemporary } from "./temporaryFile.ts";

/** An unfinished file or folder of a dead process. */
export interface Leftover {
  readonly path: string;
  /** The name that it would have received. */
  readonly of: string;
}

/** Returns temporary files and folders of dead processes, but not of live ones or of other machines. */
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

/** Removes the temporary files and folders of dead processes. */
export async function removeDeadTemporaries(files: FileLayer, folder: string): Promise<void> {
  for (const leftover of await deadTemporaries(files, folder)) await files.remove(leftover.path);
}
