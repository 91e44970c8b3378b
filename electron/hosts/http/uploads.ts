import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The largest file that may be dropped in, in bytes. */
export const uploadLimit = 2 * 1024 ** 3;
/** A sender that says nothing for so long is given up, in milliseconds. */
const silenceMs = 60_000;

export class UploadRefused extends Error {
  readonly status: 400 | 408 | 413 | 415;
  constructor(status: 400 | 408 | 413 | 415, message: string) {
    super(message);
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
  const clean = last.replace(/[\u0000-\u001f<>:"|?*]/g, "_").slice(-200);
  return /^\.*$/.test(clean) || clean.toLowerCase() === ".env" ? "dropped.csv" : clean;
}

/** Counts the bytes and ends the stream above the limit, whatever the sender said of its length. */
function limited(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? tooLarge(limit) : null, chunk);
    },
  });
}

const tooLarge = (limit: number) => new UploadRefused(413, `a file may have ${limit} bytes at most`);

export function createUploads(folder: string, limit = uploadLimit, silence = silenceMs): Uploads {
  return {
    folder,
    async receive(id, name, request) {
      if (!/^[0-9a-f-]{8,64}$/i.test(id)) throw new UploadRefused(400, "no such upload");
      if (request.headers["content-type"] !== "application/octet-stream")
        throw new UploadRefused(415, "an upload is application/octet-stream");
      if (Number(request.headers["content-length"]) > limit) throw tooLarge(limit);
      const place = path.join(folder, id);
      const file = path.join(place, fileName(name));
      await mkdir(place, { recursive: true });
      request.setTimeout(silence, () => request.destroy(new UploadRefused(408, "the upload fell silent")));
      try {
        await pipeline(request, limited(limit), createWriteStream(file, { flags: "wx" }));
      } catch (error) {
        await rm(file, { force: true });
        throw error instanceof UploadRefused ? error : new UploadRefused(400, "the upload was cut off");
      }
      return file;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
