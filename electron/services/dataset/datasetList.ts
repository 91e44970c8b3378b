import { stat } from "node:fs/promises";
import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { failureDetail } from "../../../shared/domain/failure.ts";
import type { FileKind, ListedFile } from "../../../shared/schema/document.ts";
import { resultsPattern } from "../../../shared/schema/workspace.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { editPlaces } from "./document/editJournal.ts";

const ofVersion = new RegExp(`^(?:(dataset)|model)_(${resultsPattern})(?:-(results|overrides))?\\.csv$`, "i");

/** Returns the kind and version of a workspace file by its name. */
export function kindOfFile(name: string): { kind: FileKind; version: string | null } {
  const named = ofVersion.exec(name);
  const version = named?.[2] ?? null;
  if (named?.[1] !== undefined && named[3] === undefined) return { kind: "dataset", version };
  if (named?.[3] === "results") return { kind: "results", version };
  if (named?.[3] === "overrides") return { kind: "overrides", version };
  if (/^test[-_ ]?set.*\.labels\.csv$/i.test(name)) return { kind: "labels", version: null };
  if (/^test[-_ ]?set.*\.csv$/i.test(name)) return { kind: "test-set", version: null };
  return { kind: "other", version: null };
}

/** Whether a file is a test set, by its name. */
export function isTestFile(name: string): boolean {
  return kindOfFile(name).kind === "test-set";
}

const order: readonly FileKind[] = ["dataset", "test-set", "other", "results", "labels", "overrides"];

/** Row counts by file, size and modification time. */
const counted = new Map<string, Counted>();
type Counted = Pick<ListedFile, "rows" | "problem">;

async function rowsIn(files: FileLayer, file: string, bytes: number, modified: number): Promise<Counted> {
  if (bytes > fileSizes.countedUpTo) return { rows: null, problem: null };
  const key = `${file} ${bytes} ${modified}`;
  let found = counted.get(key);
  if (found === undefined) {
    try {
      found = { rows: readTable(await files.read(file), file).records.length, problem: null };
    } catch (error) {
      // An unreadable file is listed too, with its problem.
      found = { rows: null, problem: failureDetail(error).message };
    }
    counted.set(key, found);
  }
  return found;
}

/** Returns the CSV files in a workspace's `data/`: datasets by version, then the test set, then the others. */
export async function listData(files: FileLayer, workspace: Workspace): Promise<ListedFile[]> {
  const { data } = workspace.paths;
  if (!(await files.exists(data))) return [];
  const names = (await files.list(data)).filter(
    (name) => /\.(csv|tsv)$/i.test(name) && !name.startsWith("."),
  );
  const listed = await Promise.all(
    names.map(async (name): Promise<ListedFile[]> => {
      const file = path.join(data, name);
      // A file that was deleted since the listing is skipped.
      const found = await stat(file).catch(() => null);
      if (found === null || !found.isFile()) return [];
      const { size: bytes, mtimeMs, mtime } = found;
      const { rows, problem } = await rowsIn(files, file, bytes, mtimeMs);
      const dirty = !workspace.sample && (await files.exists(editPlaces(workspace, file).journal));
      const modifiedAt = mtime.toISOString();
      return [{ file, name, ...kindOfFile(name), rows, problem, bytes, modifiedAt, dirty }];
    }),
  );
  return listed
    .flat()
    .sort(
      (a, b) =>
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        a.name.localeCompare(b.name, "en", { numeric: true }),
    );
}
