import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { streamRegular } from "../files/regularFile.ts";

/** sha256 of bytes or UTF-8 text, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

const hashed = new Map<string, Promise<string>>();

/**
 * sha256 of a file, streamed. Within one process an unchanged file is read once: the same inode, size, time of writing
 * and time of change, of which the last cannot be set back as the one before can.
 */
export async function sha256OfFile(file: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
  const key = [file, ino, size, mtimeNs, ctimeNs].join("\n");
  let sum = hashed.get(key);
  if (sum === undefined) {
    sum = (async () => {
      const hash = createHash("sha256");
      for await (const chunk of streamRegular(file)) hash.update(chunk);
      return hash.digest("hex");
    })();
    hashed.set(key, sum);
  }
  return sum;
}
