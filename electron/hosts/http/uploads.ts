import { type FileHandle, mkdir, open, readdir, rm, rmdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { diskFailure } from "../../services/files/diskFailure.ts";
import { systemCode } from "../../services/files/primitives.ts";
import { identityTag, isTagDead, ownIdentity } from "../../services/processes/processIdentity.ts";

/** The largest file that may be dropped in, in bytes. */
export const uploadLimit = 2 * 1024 ** 3;
/** What all dropped files of one host may take together, in bytes. */
const allLimit = 8 * 1024 ** 3;
/** A sender that says nothing for so long is given up, in milliseconds. */
const silenceMs = 60_000;
/** The longest name that is kept, in bytes: file systems allow 255, and a name grows where a file is written anew. */
const nameBytes = 200;

type RefusedStatus = 400 | 408 | 409 | 413 | 415 | 507;

export class UploadRefused extends Error {
  readonly status: RefusedStatus;
  constructor(status: RefusedStatus, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Files that were dropped into the page, until they are imported or the host ends. */
export interface Uploads {
  readonly folder: string;
  /** Writes the body to a file of that name. @returns where it lies. @throws UploadRefused */
  receive(id: string, name: string, request: IncomingMessage): Promise<string>;
  clear(): Promise<void>;
}

/** The last part of the name, without what a file system minds: it is shown and given back as a file's name. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = endOf(last.replace(/[\u0000-\u001f<>:"|?*]/g, "_"), nameBytes);
  return /^\.*$/.test(clean) || clean.toLowerCase() === ".env" ? "dropped.csv" : clean;
}

/** The last bytes of a text, without half a letter at its begin: a name's end tells what kind of file it is. */
function endOf(text: string, bytes: number): string {
  const all = Buffer.from(text);
  return all.length <= bytes
    ? text
    : all
        .subarray(-bytes)
        .toString()
        .replace(/^\uFFFD+/, "");
}

/** What ended a write: the disk, in words, or else the sender. */
export function refusalOf(error: unknown, name: string): UploadRefused {
  if (error instanceof UploadRefused) return error;
  const disk = diskFailure(error, "write", name);
  if (disk !== null) return new UploadRefused(507, disk.message, error);
  return new UploadRefused(400, "the upload was cut off", error);
}

/** A new file. @throws UploadRefused where the disk refuses it, or where one of that id and name is there. */
async function create(file: string): Promise<FileHandle> {
  const name = path.basename(file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    return await open(file, "wx");
  } catch (error) {
    await removeEmpty(path.dirname(file));
    if (systemCode(error) === "EEXIST") throw new UploadRefused(409, `${name} is there already`, error);
    throw diskFailure(error, "write", name) === null ? error : refusalOf(error, name);
  }
}

/** An upload's folder, where nothing was kept in it. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => {});
}

/** Bytes of all files of this host, those on their way included. */
interface Held {
  bytes: number;
}

/** Counts the bytes and ends the stream above a limit, whatever the sender said of its length. */
class Limited extends Transform {
  bytes = 0;
  constructor(limit: number, all: number, held: Held) {
    super({
      transform: (chunk: Buffer, _encoding, done) => {
        this.bytes += chunk.length;
        held.bytes += chunk.length;
        if (this.bytes > limit) done(tooLarge(limit));
        else done(held.bytes > all ? tooMuch(all) : null, chunk);
      },
    });
  }
}

const tooMuch = (all: number) =>
  new UploadRefused(
    507,
    `uploaded files are limited to ${formatBytes(all)} in total; restart Namewright to remove those it has`,
  );

const tooLarge = (limit: number) => new UploadRefused(413, `a file may have ${limit} bytes at most`);

/** This process's folder among all hosts'; what hosts that were killed left there is removed. */
export async function ownUploadFolder(all: string): Promise<string> {
  const names = await readdir(all).catch(() => []);
  for (const name of names)
    if (await isTagDead(name)) await rm(path.join(all, name), { recursive: true, force: true });
  return path.join(all, identityTag(await ownIdentity()));
}

export function createUploads(
  folder: string,
  limit = uploadLimit,
  silence = silenceMs,
  all = allLimit,
): Uploads {
  const held: Held = { bytes: 0 };
  return {
    folder,
    async receive(id, name, request) {
      if (!/^[0-9a-f-]{8,64}$/i.test(id)) throw new UploadRefused(400, "no such upload");
      if (request.headers["content-type"] !== "application/octet-stream")
        throw new UploadRefused(415, "an upload is application/octet-stream");
      if (Number(request.headers["content-length"]) > limit) throw tooLarge(limit);
      const file = path.join(folder, id, fileName(name));
      const handle = await create(file);
      request.setTimeout(silence, () => request.destroy(new UploadRefused(408, "the upload fell silent")));
      const limited = new Limited(limit, all, held);
      try {
        await pipeline(request, limited, handle.createWriteStream());
      } catch (error) {
        held.bytes -= limited.bytes;
        await rm(file, { force: true });
        await removeEmpty(path.dirname(file));
        throw refusalOf(error, path.basename(file));
      }
      return file;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
