import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { streamRegular } from "../files/regularFile.ts";

/** sha256 of bytes or UTF-8 text, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** How many files' hashes are remembered; of more, those used least recently are forgotten. */
export const rememberedFiles = 256;

interface Hashed {
  /** What a file has as long as it is unchanged. */
  readonly state: string;
  readonly sum: Promise<string>;
}

// In the order in which they were last used.
const hashed = new Map<string, Hashed>();

/**
 * sha256 of a file, streamed. Within one process an unchanged file is read once: the same inode, size, time of writing
 * and time of change, of which the last cannot be set back as the one before can. A failed read is not remembered.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  const state = [ino, size, mtimeNs, ctimeNs].join("\n");
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

async function readSum(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of streamRegular(file)) hash.update(chunk);
  return hash.digest("hex");
}
