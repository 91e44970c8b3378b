import type { FailureCode } from "../../../shared/schema/failure.ts";

/** How a child process ended: by its exit code, or by the name of a signal or of the error that kept it from starting. */
export interface Ending {
  readonly code: number | null;
  readonly killedBy: string | null;
}

/** A described ending. `what` continues a sentence that starts with the process's name. */
export interface Death {
  readonly code: FailureCode;
  readonly what: string;
  readonly hint: string;
  /** False where a second attempt would fail for the same reason. */
  readonly worthRetrying: boolean;
}

/** A shell reports a signal as 128 + its number. These numbers are the same on Linux and macOS, but for SIGBUS. */
const signalOfCode: Readonly<Record<number, string>> = {
  132: "SIGILL",
  133: "SIGTRAP",
  134: "SIGABRT",
  135: "SIGBUS",
  137: "SIGKILL",
  138: "SIGBUS",
  139: "SIGSEGV",
};

/** What a failed allocation ends in: C++ and V8 abort, other code follows a null pointer. */
const crashes: ReadonlySet<string> = new Set(["SIGSEGV", "SIGBUS", "SIGABRT", "SIGTRAP"]);

/** Windows ends a crashed process with an NTSTATUS of severity "error". */
const windowsCrash = 0xc0000000;

const memoryHint = "Close other programs or raise the memory limit (`ulimit -v`).";

/** Explains how a process ended. Endings that memory and the system's limits don't explain are a defect of ours. */
export function deathOf({ code, killedBy }: Ending): Death {
  const signal = killedBy ?? (code === null ? undefined : signalOfCode[code]) ?? null;
  switch (signal) {
    case "EMFILE":
    case "ENFILE":
      return {
        code: "missing",
        what: `couldn't start because too many files are open (${signal})`,
        hint: "Close other programs, or raise the limit on open files (`ulimit -n 4096`), then try again.",
        worthRetrying: false,
      };
    case "EAGAIN":
    case "ENOMEM":
      return {
        code: "missing",
        what: `couldn't start because the system is out of memory or processes (${signal})`,
        hint: "Close other programs, or raise the limits (`ulimit -v`, `ulimit -u`), then try again.",
        worthRetrying: false,
      };
    case "ENOENT":
    case "EACCES":
      return {
        code: "missing",
        what: `couldn't start because its program can't be run (${signal})`,
        hint: "`namewright doctor` shows what is missing.",
        worthRetrying: false,
      };
    case "SIGKILL":
      return {
        code: "missing",
        what: "was killed by the system, usually because memory ran out",
        hint: memoryHint,
        worthRetrying: true,
      };
    case null:
      return ended(code);
    default:
      return crashes.has(signal) ? crashed(signal) : unexplained(`ended with ${signal}`);
  }
}

function ended(code: number | null): Death {
  if (code !== null && code >= windowsCrash) return crashed(`0x${code.toString(16)}`);
  return unexplained(`ended with exit code ${code}`);
}

function crashed(how: string): Death {
  return {
    code: "missing",
    what: `crashed (${how}), which usually means that memory ran out or is limited`,
    hint: memoryHint,
    worthRetrying: true,
  };
}

function unexplained(what: string): Death {
  return { code: "defect", what, hint: "The log has the details.", worthRetrying: true };
}
