import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { RunArtifacts, RunLog } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { runFiles } from "./runStore.ts";

const newline = 0x0a;

/** Names of the run's records. Everything else in its folder is an artifact. */
const ownNames = new Set(Object.values(runFiles("")));

/** Reads the last `bytes` of a run's `log.txt`, starting at a whole line. A missing log reads as empty. */
export async function readLogEnd(files: FileLayer, folder: string, bytes: number): Promise<RunLog> {
  const { log } = runFiles(folder);
  if (!(await files.exists(log))) return { text: "", bytes: 0, cut: false };
  const size = await files.size(log);
  const cut = size > bytes;
  // One byte more shows whether the cut is at the beginning of a line.
  const from = cut ? size - bytes - 1 : 0;
  const read = await files.readPart(log, from, size - from);
  const start = cut ? read.indexOf(newline) + 1 : 0;
  // If the end is one long line, its last bytes are shown.
  return { text: new TextDecoder().decode(read.subarray(start)), bytes: size, cut };
}

/** Lists every file in a run's folder with its size in bytes, by path. `own` marks the run's records. */
export async function listArtifacts(folder: string): Promise<RunArtifacts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: RunArtifacts["files"] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const size = await stat(file).catch((error: unknown) => {
      // A running run may replace files during the listing.
      if (isAbsent(error)) return null;
      throw error;
    });
    const name = path.relative(folder, file);
    if (size === null) continue;
    files.push({ path: name.split(path.sep).join("/"), bytes: size.size, own: ownNames.has(name) });
  }
  files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { folder, files, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}
