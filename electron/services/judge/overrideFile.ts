import { writeCsv } from "../../../shared/domain/csv/write.ts";
import { type Override, OverrideSchema } from "../../../shared/schema/override.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readRows } from "./labelFiles.ts";

const columns = ["description", "label", "name", "score", "category", "scale", "note", "who", "at"] as const;
type Cells = Record<(typeof columns)[number], string>;

/** What makes two overrides speak of the same: a row's label, or one name of a row. */
export function overrideKey(override: Pick<Override, "kind" | "description"> & { name?: string }): string {
  return JSON.stringify([override.kind, override.description, override.name ?? null]);
}

/** A row with a name is a score, one without is a label: files written before there were scores have no such columns. */
function overrideIn({ label, name, score, category, scale, ...rest }: Cells) {
  if (name === "") return { kind: "label", label, ...rest };
  const number = score === "" ? Number.NaN : Number(score);
  return { kind: "score", name, score: number, category, scale, ...rest };
}

/** Reads a version's overrides; a missing file has none. @throws Failure `bad-value` with the row that is none. */
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

/** Sets an override, replacing an earlier one of the same label or name. For the holder of the workspace's lock. */
export async function saveOverride(files: FileLayer, file: string, override: Override): Promise<void> {
  const key = overrideKey(override);
  const others = (await readOverrides(files, file)).filter((other) => overrideKey(other) !== key);
  await write(files, file, [...others, override]);
}

/** Takes overrides away, by `overrideKey`; a file that has none left is removed. For the holder of the lock. */
export async function removeOverride(files: FileLayer, file: string, key: string): Promise<Override | null> {
  const all = await readOverrides(files, file);
  const removed = all.find((override) => overrideKey(override) === key);
  if (removed === undefined) return null;
  const left = all.filter((override) => override !== removed);
  if (left.length === 0) await files.remove(file);
  else await write(files, file, left);
  return removed;
}
