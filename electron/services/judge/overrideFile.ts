import { writeCsv } from "../../../shared/domain/csv/write.ts";
import { type Override, OverrideSchema } from "../../../shared/schema/override.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readRows } from "./labelFiles.ts";

const columns = ["description", "label", "name", "score", "category", "scale", "note", "who", "at"] as const;
type Cells = Record<(typeof columns)[number], string>;

/** Returns a key that is equal for overrides of the same label or name of a row. */
export function overrideKey(override: Pick<Override, "kind" | "description"> & { name?: string }): string {
  return JSON.stringify([override.kind, override.description, override.name ?? null]);
}

/** Parses a row. With a name it is a score, otherwise a label; older files have no score columns. */
function overrideIn({ label, name, score, category, scale, ...rest }: Cells) {
  if (name === "") return { kind: "label", label, ...rest };
  const number = score === "" ? Number.NaN : Number(score);
  return { kind: "score", name, score: number, category, scale, ...rest };
}

/** Reads a version's overrides; a missing file has none. Throws `Failure` `bad-value` for an invalid row. */
export function readOverrides(files: FileLayer, file: string): Promise<Override[]> {
  return readRows(files, file, columns, OverrideSchema, overrideIn, [
    "description",
    "label",
    "note",
    "who",
    "at",
  ]);
}

function cellsOf(override: Override): string[] {
  const { description, note, who, at } = override;
  const own =
    override.kind === "label"
      ? [override.label, "", "", "", ""]
      : ["", override.name, String(override.score), override.category, override.scale];
  return [description, ...own, note, who, at];
}

async function write(files: FileLayer, file: string, overrides: readonly Override[]): Promise<void> {
  await files.writeAtomic(file, writeCsv(columns, overrides.map(cellsOf)));
}

/** Sets an override and replaces an earlier one with the same key. The caller must hold the workspace's lock. */
export async function saveOverride(files: FileLayer, file: string, override: Override): Promise<void> {
  const key = overrideKey(override);
  const others = (await readOverrides(files, file)).filter((other) => overrideKey(other) !== key);
  await write(files, file, [...others, override]);
}

/** Removes an override by its `overrideKey`, and an empty file too. The caller must hold the workspace's lock. */
export async function removeOverride(files: FileLayer, file: string, key: string): Promise<Override | null> {
  const all = await readOverrides(files, file);
  const removed = all.find((override) => overrideKey(override) === key);
  if (removed === undefined) return null;
  const left = all.filter((override) => override !== removed);
  if (left.length === 0) await files.remove(file);
  else await write(files, file, left);
  return removed;
}
