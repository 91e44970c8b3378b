import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import type { FileLayer } from "../files/fileLayer.ts";
import { streamRegular } from "../files/regularFile.ts";

/** Returns the sha256 of bytes or UTF-8 text, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

const partBytes = 4 * 1024 * 1024;

/** Returns the sha256 of a file, read in parts through the file layer. Not cached, for files that are about to move. */
export async function sha256Through(files: Pick<FileLayer, "readPart">, file: string): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; ; ) {
    const part = await files.readPart(file, start, partBytes);
    if (part.length === 0) return hash.digest("hex");
    hash.update(part);
    start += part.length;
  }
}

/** The number of cached hashes. The least recently used one is evicted first. */
export const rememberedFiles = 256;

interface Hashed {
  /** Inode, size and times, which stay the same while the file is unchanged. */
  readonly state: string;
  readonly sum: Promise<string>;
}

// Ordered by last use.
const hashed = new Map<string, Hashed>();

/**
 * Returns the sha256 of a file, streamed. A process reads an unchanged file once, as recognized by its inode, size,
 * mtime and ctime (which, unlike mtime, can't be set). Failed reads aren't cached.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const state = await fileState(file);
  const known = hashed.get(file);
  const current = known?.state === state ? known : { state, sum: readSum(file) };
  hashed.delete(file);
  hashed.set(file, current);
  for (const oldest of hashed.keys()) {
    if (hashed.size <= rememberedFiles) break;
    hashed.delete(oldest);
  }
  try {
    return await current.sum;
  } catch (error) {
    if (hashed.get(file) === current) hashed.delete(file);
    throw error;
  }
}

/**
 * Returns what the system records of a file and changes with every write: device, inode, size and times. Reads no content.
 */
export async function fileState(file: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join("\n");
}

async function readSum(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of streamRegular(file)) hash.update(chunk);
  return hash.digest("hex");
}
