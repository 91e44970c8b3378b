import { Failure } from "../../../shared/domain/failure.ts";
import type { FileBytes } from "../../../shared/domain/lint/lintFile.ts";
import { diskFailure } from "./diskFailure.ts";
import type { FileLayer } from "./fileLayer.ts";
import { systemCode } from "./primitives.ts";

/** Returns the failure for an unreadable file that the user chose. */
export function explainedRead(file: string, error: unknown): Failure {
  if (error instanceof Failure && error.code === "bad-value") return error;
  const code = systemCode(error instanceof Failure ? error.cause : error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new Failure("missing", `${file} was not found`, { hint: "Check the path.", file, cause: error });
  }
  const known = diskFailure(error instanceof Failure ? error.cause : error, "read", file);
  if (known?.code === "bad-value") return known;
  const reason = error instanceof Error ? error.message : String(error);
  const hint = "Check the path and its permissions.";
  return new Failure("bad-value", `couldn't read ${file}: ${reason}`, { hint, file, cause: error });
}

/** Reads a file that the user chose. Throws `Failure` `missing` or `bad-value`. */
export async function readSource(files: FileLayer, file: string): Promise<FileBytes> {
  try {
    return { file, bytes: await files.read(file) };
  } catch (error) {
    throw explainedRead(file, error);
  }
}

/** Returns the size in bytes of a file that the user chose. Throws `Failure` `missing` or `bad-value`. */
export async function sizeOfSource(files: FileLayer, file: string): Promise<number> {
  try {
    return await files.size(file);
  } catch (error) {
    throw explainedRead(file, error);
  }
}
