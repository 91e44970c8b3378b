import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import { systemCode } from "./systemErrors.mjs";

/**
 * Opening a named pipe blocks until its other end is opened, and four blocked opens exhaust Node's thread pool for
 * files. O_NONBLOCK avoids that and doesn't affect regular files. Windows has neither flag.
 */
const atOnce = (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** A flag that fails with ELOOP when the last part of a path is a symbolic link. Windows doesn't have it. */
export const noFollow = constants.O_NOFOLLOW ?? 0;

const readFlags = constants.O_RDONLY | atOnce;
export const appendFlags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | atOnce;

function kindOf(found: Pick<Stats, "isDirectory" | "isFIFO" | "isSocket">): string {
  if (found.isDirectory()) return "a folder";
  if (found.isFIFO()) return "a named pipe";
  return found.isSocket() ? "a socket" : "a device";
}

function notRegular(file: string, kind: string): Failure {
  return new Failure("bad-value", `${file} is ${kind}, not a file`, { hint: "Choose a regular file.", file });
}

/** Converts the system's errors for paths that can't be opened as a file. */
function refusal(file: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === "EISDIR") return notRegular(file, "a folder");
  // A socket, a device without a driver, or a pipe without a reader.
  return code === "ENXIO" ? notRegular(file, "a pipe, a socket or a device") : error;
}

/**
 * Opens a regular file. Throws `Failure` `bad-value` for a folder, named pipe, socket or device, and the system's error
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

/** Returns the content of a regular file. Throws like `openRegular`. */
export async function readRegular(file: string): Promise<Buffer> {
  await using handle = await openRegular(file);
  return handle.readFile();
}

/** Yields the content of a regular file in pieces. Throws like `openRegular`. */
export async function* streamRegular(file: string): AsyncGenerator<Buffer> {
  const handle = await openRegular(file);
  // The stream closes the handle, even if its reader stops early.
  for await (const chunk of handle.createReadStream()) yield chunk as Buffer;
}

/** Returns the text of a regular file synchronously, for use at startup. Throws like `openRegular`. */
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
