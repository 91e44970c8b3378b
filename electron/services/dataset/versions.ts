import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { nextDataset } from "../../../shared/domain/dataset/next.ts";
import { writeDataset } from "../../../shared/domain/dataset/write.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { DatasetRow, Provenance } from "../../../shared/schema/dataset.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readSource } from "../files/sourceFile.ts";
import { sha256 } from "../hashing/hashing.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";

/** The next dataset of a workspace; `previous` is null for the first one. */
export interface NextVersion {
  readonly version: string;
  readonly file: string;
  readonly previous: { readonly version: string; readonly file: string } | null;
}

/** The origin of a new row, before it has a row number. */
export type RowOrigin = Omit<Provenance, "row" | "description" | "at">;

/** A row for the next version and its origin. */
export interface NewRow {
  readonly row: DatasetRow;
  readonly origin: RowOrigin;
}

/** Returns the provenance file of a dataset. */
export function provenanceFile(datasetFile: string): string {
  return datasetFile.replace(/\.csv$/, ".provenance.jsonl");
}

/** Returns the provenance of rows that start at row `first` of a dataset, one JSON line each. */
export function provenanceText(
  rows: readonly { readonly description: string; readonly origin: RowOrigin }[],
  first: number,
  at: Date,
): string {
  return rows
    .map(({ description, origin }, offset): Provenance => {
      return { row: first + offset, description, ...origin, at: at.toISOString() };
    })
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}

/** Returns the next version: one more than the highest `dataset_vN.csv` in `data/`. */
export async function nextVersion(files: FileLayer, workspace: Workspace): Promise<NextVersion> {
  const { data } = workspace.paths;
  const names = (await files.exists(data)) ? await files.list(data) : [];
  const numbers = names.flatMap((name) => {
    const match = /^dataset_v(\d+)\.csv$/.exec(name);
    return match?.[1] === undefined ? [] : [Number(match[1])];
  });
  const last = Math.max(0, ...numbers);
  const place = (version: string) => ({ version, file: workspace.paths.dataset(version) });
  return { ...place(`v${last + 1}`), previous: last === 0 ? null : place(`v${last}`) };
}

/** Returns the content of a new version: the previous file byte for byte, followed by the new rows. */
async function contentOf(
  files: FileLayer,
  previous: NextVersion["previous"],
  rows: readonly DatasetRow[],
  previousHash: string | undefined,
) {
  if (previous === null) return { bytes: writeDataset(rows), first: 1 };
  const { bytes } = await readSource(files, previous.file);
  if (previousHash !== undefined && sha256(bytes) !== previousHash) {
    throw new Failure("bad-value", `conflict: ${previous.file} was changed by another program`, {
      hint: "Nothing was written. Start again from the current file.",
      file: previous.file,
    });
  }
  const first = readTable(bytes, previous.file).records.length + 1;
  return { bytes: nextDataset(bytes, rows, previous.file), first };
}

/**
 * Writes a new dataset and its provenance. The caller must hold the workspace's lock. A file with the same bytes and a
 * provenance is accepted as the result of an earlier attempt.
 * @throws Failure `bad-value` when a different file already exists
 */
export async function saveNewDataset(
  files: FileLayer,
  file: string,
  content: string | Uint8Array,
  provenance: string,
): Promise<void> {
  const taken = () =>
    new Failure("bad-value", `${path.basename(file)} already exists`, {
      hint: "Choose another name or version. Nothing was changed.",
      file,
    });
  if (await files.exists(file)) {
    const same = sha256(await files.read(file)) === sha256(content);
    if (same && (await files.exists(provenanceFile(file)))) return;
    throw taken();
  }
  // Provenance goes first: without its dataset it is harmless, but not vice versa.
  await files.writeAtomic(provenanceFile(file), provenance);
  try {
    // Never overwrites a file that another program wrote since the check above.
    if (!(await files.writeNew(file, content))) throw taken();
  } catch (error) {
    if (!(await files.exists(file).catch(() => true)))
      await files.remove(provenanceFile(file)).catch(() => {});
    throw error;
  }
}

/**
 * Writes a version from the previous one and new rows, with the provenance of the new rows. Overwrites nothing: throws
 * `Failure` `bad-value` when the version already exists, or when the previous file no longer matches `previousHash`
 * (sha256), which the rows were made for.
 */
export async function writeVersion(
  files: FileLayer,
  workspace: Workspace,
  next: NextVersion,
  rows: readonly NewRow[],
  { now, previousHash }: { now: Date; previousHash?: string | undefined },
): Promise<{ file: string; provenance: string; rows: number }> {
  assertWritable(workspace);
  const added = rows.map(({ row }) => row);
  return workspace.writing(`write dataset_${next.version}`, async () => {
    const { bytes, first } = await contentOf(files, next.previous, added, previousHash);
    const described = rows.map(({ row, origin }) => ({ description: row.description, origin }));
    await saveNewDataset(files, next.file, bytes, provenanceText(described, first, now));
    return { file: next.file, provenance: provenanceFile(next.file), rows: first - 1 + rows.length };
  });
}
