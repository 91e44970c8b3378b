import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process of this machine, as far as a test must know it. */
export interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** One process by `/proc`; null where it has gone meanwhile, or is dead and only not yet fetched by its parent. */
function fromProc(pid: string): ProcessSeen | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name stands in brackets and may hold any character: the fields follow its last bracket.
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

/** Every living process. */
function everyProcess(): ProcessSeen[] {
  if (!existsSync("/proc/self/stat")) return fromPs();
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => fromProc(pid) ?? []);
}

/** The living children of a process. */
export function childrenOf(parent: number): ProcessSeen[] {
  return everyProcess().filter((one) => one.parent === parent);
}

/** Whether the very process still lives: an id alone may have been given out again. */
export function isStillThere(seen: ProcessSeen): boolean {
  return everyProcess().some(({ pid, command }) => pid === seen.pid && command === seen.command);
}
