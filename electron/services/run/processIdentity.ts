import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { promisify } from "node:util";
import type { RunOwner } from "../../../shared/schema/run.ts";

const execFileAsync = promisify(execFile);

/**
 * When a process started, as the system tells it; null where there is no such process.
 * An id alone is not an identity: the system gives it out again.
 */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    try {
      const status = await readFile(`/proc/${pid}/stat`, "utf8");
      // The second field is the command in parentheses and may itself hold spaces and parentheses.
      const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
      if (fields[0] === "Z" || fields[0] === "X") return null;
      return fields[19] ?? null;
    } catch {
      return null;
    }
  }
  try {
    const [command, ...words] =
      process.platform === "win32"
        ? ["powershell", "-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]
        : ["ps", "-o", "lstart=", "-p", String(pid)];
    const { stdout } = await execFileAsync(command as string, words);
    return stdout.trim() === "" ? null : stdout.trim();
  } catch {
    return null;
  }
}

/** This process, as it stands in `owner.json`. */
export async function ownIdentity(): Promise<RunOwner> {
  return { pid: process.pid, startedAt: (await startOf(process.pid)) ?? "unknown", host: hostname() };
}

/** True where the owner is the very process that wrote the file, and it still lives on this machine. */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  // A folder shared between machines: we cannot see the other's processes, so we believe its word.
  if (owner.host !== hostname()) return true;
  return (await startOf(owner.pid)) === owner.startedAt;
}
