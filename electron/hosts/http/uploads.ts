import { type FileHandle, mkdir, open, readdir, rm, rmdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { diskFailure } from "../../services/files/diskFailure.ts";
import { systemCode } from "../../services/files/primitives.ts";
import { identityTag, isTagDead, ownIdentity } from "../../services/processes/processIdentity.mjs";

/** The maximum size of an uploaded file, in bytes. */
const uploadLimit = 2 * 1024 ** 3;
/** The maximum total size of uploaded files per host, in bytes. */
const allLimit = 8 * 1024 ** 3;
/** The timeout for a sender that sends nothing, in milliseconds. */
const silenceMs = 60_000;
/** The maximum length of a name, in bytes. File systems allow 255, and rewriting a file adds a suffix. */
const nameBytes = 200;

type RefusedStatus = 400 | 408 | 409 | 413 | 415 | 507;

export class UploadRefused extends Error {
  readonly status: RefusedStatus;
  constructor(status: RefusedStatus, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/** Files uploaded through the page, kept until they are imported or the host ends. */
export interface Uploads {
  readonly folder: string;
  /** Writes the body to a file of that name and returns its path. Throws `UploadRefused`. */
  receive(id: string, name: string, request: IncomingMessage): Promise<string>;
  clear(): Promise<void>;
}

/** Returns the last part of the name, without characters that file systems refuse. */
function fileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const clean = endOf(last.replace(/[\u0000-\u001f<>:"|?*]/g, "_"), nameBytes);
  return /^\.*$/.test(clean) || clean.toLowerCase() === ".env" ? "dropped.csv" : clean;
}

/** Returns the last bytes of a text, without a partial character at its start. A name's end shows the file type. */
function endOf(text: string, bytes: number): string {
  const all = Buffer.from(text);
  return all.length <= bytes
    ? text
    : all
        .subarray(-bytes)
        .toString()
        .replace(/^\uFFFD+/, "");
}

/** Returns the refusal for a failed write, caused by the disk or by the sender. */
export function refusalOf(error: unknown, name: string): UploadRefused {
  if (error instanceof UploadRefused) return error;
  const disk = diskFailure(error, "write", name);
  if (disk !== null) return new UploadRefused(507, disk.message, error);
  return new UploadRefused(400, "the upload was interrupted", error);
}

/** Creates a file. Throws `UploadRefused` if the disk refuses it or the file already exists. */
async function create(file: string): Promise<FileHandle> {
  const name = path.basename(file);
  try {
    await mkdir(path.dirname(file), { recursive: true });
    return await open(file, "wx");
  } catch (error) {
    await removeEmpty(path.dirname(file));
    if (systemCode(error) === "EEXIST") throw new UploadRefused(409, `${name} already exists`, error);
    throw diskFailure(error, "write", name) === null ? error : refusalOf(error, name);
  }
}

/** Removes an upload's folder if it is empty. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => {});
}

/** The bytes of all files of this host, including those being received. */
interface Held {
  bytes: number;
}

/** Counts the bytes and ends the stream above a limit, whatever length the sender declared. */
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
    `uploaded files are limited to ${formatBytes(all)} in total; restart Namewright to delete them`,
  );

const tooLarge = (limit: number) =>
  new UploadRefused(413, `a file can't be larger than ${formatBytes(limit)}`);

/** Returns the upload folder of this process and removes the folders of killed hosts. */
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
      if (!/^[0-9a-f-]{8,64}$/i.test(id)) throw new UploadRefused(400, "invalid upload id");
      if (request.headers["content-type"] !== "application/octet-stream")
        throw new UploadRefused(415, "an upload must be application/octet-stream");
      if (Number(request.headers["content-length"]) > limit) throw tooLarge(limit);
      const file = path.join(folder, id, fileName(name));
      const handle = await create(file);
      request.setTimeout(silence, () => request.destroy(new UploadRefused(408, "the upload timed out")));
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
