import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The properties of a process that tests need. */
export interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Returns a process from `/proc`; null if it has ended, even if its parent has not reaped it yet. */
function fromProc(pid: string): ProcessSeen | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in parentheses and may contain any character, so the fields start after the last parenthesis.
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { pid: Number(pid), parent: Number(parent), command };
  } catch {
    return null;
  }
}

function fromPs(): ProcessSeen[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command ?? "" }];
  });
}

/** Returns every living process. */
function everyProcess(): ProcessSeen[] {
  if (!existsSync("/proc/self/stat")) return fromPs();
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => fromProc(pid) ?? []);
}

/** Returns the living children of a process. */
export function childrenOf(parent: number): ProcessSeen[] {
  return everyProcess().filter((one) => one.parent === parent);
}

/** Returns whether this process is still alive. Its id alone could belong to a newer process. */
export function isStillThere(seen: ProcessSeen): boolean {
  return everyProcess().some(({ pid, command }) => pid === seen.pid && command === seen.command);
}
