import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { RunArtifacts, RunLog } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { runFiles } from "./runStore.ts";

const newline = 0x0a;

/** What the run itself keeps in its folder: everything else there is what it made. */
const ownNames = new Set(Object.values(runFiles("")));

/** The last `bytes` of a run's `log.txt`, from the beginning of a line on. An absent log is an empty one. */
export async function readLogEnd(files: FileLayer, folder: string, bytes: number): Promise<RunLog> {
  const { log } = runFiles(folder);
  if (!(await files.exists(log))) return { text: "", bytes: 0, cut: false };
  const size = await files.size(log);
  const cut = size > bytes;
  // One byte more tells whether the cut is at the beginning of a line.
  const from = cut ? size - bytes - 1 : 0;
  const read = await files.readPart(log, from, size - from);
  const start = cut ? read.indexOf(newline) + 1 : 0;
  // Where the end is one long line, there is no whole one to show but its own end.
  return { text: new TextDecoder().decode(read.subarray(start)), bytes: size, cut };
}

/** Every file in a run's folder with its size, by path; `own` are the run's records, the others what it made. */
export async function listArtifacts(folder: string): Promise<RunArtifacts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: RunArtifacts["files"] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const size = await stat(file).catch((error: unknown) => {
      // A run that is going replaces files while we look.
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
