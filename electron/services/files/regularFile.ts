import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { systemCode } from "./systemErrors.ts";

/**
 * Opening a named pipe waits for its other end, and four such waits use up the threads that all file work shares.
 * With O_NONBLOCK the open returns at once; it changes nothing for regular files. Windows has neither flag.
 */
const atOnce = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Flags that fail with ELOOP where the last part of a path is a symbolic link. Windows has none. */
export const noFollow = constants.O_NOFOLLOW ?? 0;

export const readFlags = constants.O_RDONLY | atOnce;
export const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | atOnce;

function kindOf(found: Pick<Stats, "isDirectory" | "isFIFO" | "isSocket">): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a named pipe";
  return found.isSocket() ? "a socket" : "a device";
}

function notRegular(file: string, kind: string): Failure {
  return new Failure("bad-value", `${file} is ${kind}, not a file`, { hint: "Choose a regular file.", file });
}

/** What the system says where the path leads to something that cannot be opened as a file. */
function refusal(file: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === "EISDIR") return notRegular(file, "a folder");
  // A socket, a device without a driver, or a pipe that nobody reads.
  return code === "ENXIO" ? notRegular(file, "a pipe, a socket or a device") : error;
}

/**
 * Opens a regular file. Throws Failure `bad-value` for a folder, named pipe, socket or device, and the system's error
 * otherwise.
 */
export async function openRegular(file: string, flags = readFlags, mode?: number): Promise<FileHandle> {
  const handle = await open(file, flags, mode).catch((error: unknown) => {
    throw refusal(file, error);
  });
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw notRegular(file, kindOf(found));
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The content of a regular file. Throws as `openRegular`. */
export async function readRegular(file: string): Promise<Buffer> {
  await using handle = await openRegular(file);
  return handle.readFile();
}

/** The content of a regular file, piece by piece. Throws as `openRegular`. */
export async function* streamRegular(file: string): AsyncGenerator<Buffer> {
  const handle = await openRegular(file);
  // The stream closes the handle, also where its reader stops early.
  for await (const chunk of handle.createReadStream()) yield chunk as Buffer;
}

/** The text of a regular file, for what is read before anything else can run. Throws as `openRegular`. */
export function readRegularSync(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, readFlags);
  } catch (error) {
    throw refusal(file, error);
  }
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) throw notRegular(file, kindOf(found));
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}
