import { createHash } from "node:crypto";
import { Failure } from "../../../shared/domain/failure.ts";
import type { HubFile } from "../../../shared/schema/base.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { streamRegular } from "../files/regularFile.ts";
import { type Hub, hubGet, TransientHubError, watchdog } from "./hub.ts";

/** Returns the name of an incomplete file. */
export const partOf = (target: string) => `${target}.part`;

/** Whether a file matches the hub's checksum: sha256 for large files, otherwise Git's blob sha1 (header plus bytes). */
async function hasItsSum(path: string, { bytes, sha256, gitBlob }: HubFile): Promise<boolean> {
  if (sha256 === null && gitBlob === null) return true;
  const hash = createHash(sha256 === null ? "sha1" : "sha256");
  if (sha256 === null) hash.update(`blob ${bytes}\0`);
  for await (const chunk of streamRegular(path)) hash.update(chunk);
  return hash.digest("hex") === (sha256 ?? gitBlob);
}

async function sizeOf(files: FileLayer, path: string): Promise<number> {
  return (await files.exists(path)) ? files.size(path) : 0;
}

/** Yields at most `most` bytes of the body and reports each chunk. */
async function* bodyOf(response: Response, most: number, onBytes: (count: number) => void) {
  let taken = 0;
  for await (const chunk of response.body ?? []) {
    const piece = chunk.subarray(0, most - taken);
    taken += piece.byteLength;
    onBytes(piece.byteLength);
    if (piece.byteLength > 0) yield piece;
    if (taken >= most) return;
  }
}

export interface FileFetch {
  readonly files: FileLayer;
  readonly hub: Hub;
  readonly id: string;
  readonly address: string;
  readonly target: string;
  readonly file: HubFile;
  readonly signal: AbortSignal;
  /** Reports how many bytes of this file are on disk. */
  onBytes(have: number): void;
}

/**
 * Tries once to download a file, resuming an earlier attempt. The file gets its name only after its size and checksum
 * match.
 * @throws TransientHubError when a retry may help; Failure when the checksum doesn't match
 */
export async function fetchFile(fetching: FileFetch): Promise<void> {
  const { files, target, file, id, signal } = fetching;
  const part = partOf(target);
  let have = await sizeOf(files, part);
  if (have > file.bytes) {
    await files.remove(part);
    have = 0;
  }
  fetching.onBytes(have);
  if (have < file.bytes) await fetchRest(fetching, part, have);
  signal.throwIfAborted();
  // An empty file needs no download.
  if (file.bytes === 0) await files.writeAtomic(part, "");
  if (!(await hasItsSum(part, file))) {
    await files.remove(part);
    fetching.onBytes(0);
    throw new Failure("service-refused", `the checksum of ${file.name} from ${id} doesn't match`, {
      hint: "The file was discarded. Resume to download it again. If it fails again, a proxy may be changing files.",
      file: target,
    });
  }
  await files.rename(part, target);
}

async function fetchRest(fetching: FileFetch, part: string, begin: number): Promise<void> {
  const { files, hub, address, id, file, signal } = fetching;
  const watch = watchdog(signal, hub.silenceMs);
  let have = begin;
  try {
    const headers = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await hubGet(hub, address, id, { headers, signal: watch.signal });
    if (response.status === 416 || (have > 0 && response.status !== 206)) {
      // The server doesn't support ranges or reports another size, so the file starts over.
      await files.remove(part);
      have = 0;
      fetching.onBytes(0);
      if (response.status === 416)
        throw new TransientHubError(`the size of ${file.name} changed on the server`);
    }
    const onBytes = (count: number) => {
      watch.alive();
      have += count;
      fetching.onBytes(have);
    };
    await files.appendBytes(part, bodyOf(response, file.bytes - have, onBytes));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure || error instanceof TransientHubError) throw error;
    throw watch.signal.aborted
      ? watch.signal.reason
      : new TransientHubError(`the connection was lost: ${error}`);
  } finally {
    watch.end();
  }
  if (have < file.bytes) throw new TransientHubError(`${file.name} ended ${file.bytes - have} bytes early`);
}
