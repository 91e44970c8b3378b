import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An entry of an archive's header: a folder, or a file's offset after the header. `unpacked`: next to the archive. */
interface Entry {
  readonly files?: Record<string, Entry>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
}

export interface ArchivedFile {
  /** Relative to the archive's root, with `/`. */
  readonly place: string;
  readonly unpacked: boolean;
  /** Null if it is unpacked. */
  readonly bytes: Buffer | null;
}

/** Reads the files of an asar: four 4-byte numbers (the second is the header's size), JSON, then the files' bytes. */
export function readAsar(file: string): ArchivedFile[] {
  const archive = readFileSync(file);
  const header = JSON.parse(archive.toString("utf8", 16, 16 + archive.readUInt32LE(12))) as Entry;
  const start = 8 + archive.readUInt32LE(4);
  const found: ArchivedFile[] = [];
  function list(entry: Entry, place: string): void {
    for (const [name, child] of Object.entries(entry.files ?? {})) {
      const at = place === "" ? name : `${place}/${name}`;
      if (child.files !== undefined) list(child, at);
      else {
        const from = start + Number(child.offset ?? 0);
        const bytes = child.unpacked ? null : archive.subarray(from, from + (child.size ?? 0));
        found.push({ place: at, unpacked: child.unpacked === true, bytes });
      }
    }
  }
  list(header, "");
  return found;
}

/** Writes the archive's files into a folder, without the unpacked ones. */
export function extractAsar(file: string, folder: string): void {
  for (const { place, bytes } of readAsar(file)) {
    if (bytes === null) continue;
    const to = path.join(folder, ...place.split("/"));
    mkdirSync(path.dirname(to), { recursive: true });
    writeFileSync(to, bytes);
  }
}
