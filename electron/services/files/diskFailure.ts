import { Failure } from "../../../shared/domain/failure.ts";
import { systemCode } from "./primitives.ts";

const spaceHint =
  "Free some space and try again. Data that was already saved is untouched. Resume a run with `namewright runs resume`.";

/** Shortens a path for a message by its middle. */
function shortened(file: string): string {
  return file.length > 120 ? `${file.slice(0, 60)}…${file.slice(-40)}` : file;
}

/**
 * Returns a `Failure` with a remedy for an error of the disk or the system, or null for other errors (such as a missing
 * file), which only the caller can explain.
 */
export function diskFailure(error: unknown, doing: "read" | "write", file: string): Failure | null {
  const place = { file, cause: error };
  switch (systemCode(error)) {
    case "ENOSPC":
    case "EDQUOT":
      return new Failure("missing", `the disk is full: couldn't ${doing} ${file}`, {
        hint: spaceHint,
        ...place,
      });
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Failure("missing", `permission denied: couldn't ${doing} ${file}`, {
        hint: "Check who owns the file and its folder, and whether they are read-only. Nothing was changed.",
        ...place,
      });
    case "EMFILE":
    case "ENFILE":
      return new Failure("missing", `too many open files: couldn't ${doing} ${file}`, {
        hint: "Close other programs or raise the limit (`ulimit -n 4096`), then try again.",
        ...place,
      });
    case "EIO":
      return new Failure("missing", `the disk failed to ${doing} ${file}`, {
        hint: "Check the disk and its connection, then try again. Data that was already saved is kept.",
        ...place,
      });
    case "EBUSY":
    case "ETXTBSY":
      return new Failure("missing", `${file} is in use by another program`, {
        hint: "Close the file there and try again.",
        ...place,
      });
    case "EISDIR":
      return new Failure("bad-value", `${file} is a folder, not a file`, {
        hint: "Choose a file.",
        ...place,
      });
    case "ENAMETOOLONG":
      return new Failure("bad-value", `the path is too long for this system: ${shortened(file)}`, {
        hint: "Choose a shorter name.",
        ...place,
      });
    default:
      return null;
  }
}

/** Runs an operation on a file. Disk errors become a `Failure`; other errors are unchanged. */
export async function explainingDisk<Value>(
  doing: "read" | "write",
  file: string,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw diskFailure(error, doing, file) ?? error;
  }
}
