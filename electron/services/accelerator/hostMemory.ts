import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { freemem } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/** What the memory is read from. Both return null when the file or the command isn't there. */
export interface MemoryProbes {
  readonly platform: NodeJS.Platform;
  readText(file: string): Promise<string | null>;
  run(command: string, words: readonly string[]): Promise<string | null>;
  /** Free memory in bytes, for systems without a better source. */
  freemem(): number;
}

export const systemProbes: MemoryProbes = {
  platform: process.platform,
  readText: (file) => readFile(file, "utf8").catch(() => null),
  run: (command, words) =>
    execFileAsync(command, [...words], { timeout: 5000 }).then(
      ({ stdout }) => stdout,
      () => null,
    ),
  freemem,
};

/** Pages that macOS gives away when a program asks for memory. `os.freemem()` has only the first kind. */
const reclaimable = ["free", "inactive", "purgeable", "speculative"];

/** Returns the available bytes in the output of macOS's `vm_stat`, or null if it has no page size. */
export function parseVmStat(text: string): number | null {
  const pageSize = /page size of (\d+) bytes/.exec(text)?.[1];
  if (pageSize === undefined) return null;
  const pages = reclaimable.map((kind) =>
    Number(new RegExp(`^Pages ${kind}:\\s+(\\d+)\\.`, "m").exec(text)?.[1] ?? 0),
  );
  return Number(pageSize) * pages.reduce((sum, count) => sum + count, 0);
}

/** Returns a value of /proc/meminfo or /proc/PID/status in bytes, or null. */
function parseKibibytes(text: string, name: string): number | null {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1];
  return found === undefined ? null : Number(found) * 1024;
}

/** A control group's folders, from the process's own up to the root, and the names of its files. */
interface CgroupFiles {
  readonly folders: readonly string[];
  readonly limit: string;
  readonly usage: string;
  /** The key of file pages in `memory.stat` that the kernel reclaims before it refuses memory. */
  readonly inactive: string;
}

function upwards(root: string, group: string): string[] {
  const parts = group.split("/").filter((part) => part !== "");
  return parts.map((_, at) => path.posix.join(root, ...parts.slice(0, parts.length - at))).concat(root);
}

/** Returns where the memory limits are, from the text of /proc/self/cgroup (v1 and v2, see cgroups(7)). */
function parseCgroups(text: string): CgroupFiles[] {
  return text.split("\n").flatMap((line): CgroupFiles[] => {
    const [, controllers = "", group = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === "" && group !== "") {
      const folders = upwards("/sys/fs/cgroup", group);
      return [{ folders, limit: "memory.max", usage: "memory.current", inactive: "inactive_file" }];
    }
    if (!controllers.split(",").includes("memory")) return [];
    return [
      {
        folders: upwards("/sys/fs/cgroup/memory", group),
        limit: "memory.limit_in_bytes",
        usage: "memory.usage_in_bytes",
        inactive: "total_inactive_file",
      },
    ];
  });
}

/** Returns the bytes that the control groups of this process still allow; infinity without a limit. */
async function cgroupRoom({ readText }: MemoryProbes): Promise<number> {
  const rooms: number[] = [];
  for (const files of parseCgroups((await readText("/proc/self/cgroup")) ?? "")) {
    for (const folder of files.folders) {
      const limit = Number((await readText(path.posix.join(folder, files.limit))) ?? Number.NaN);
      const usage = Number((await readText(path.posix.join(folder, files.usage))) ?? Number.NaN);
      // "max" is no number, and the folders of a container's host aren't there.
      if (!Number.isFinite(limit) || !Number.isFinite(usage)) continue;
      const stat = (await readText(path.posix.join(folder, "memory.stat"))) ?? "";
      const inactive = Number(new RegExp(`^${files.inactive} (\\d+)$`, "m").exec(stat)?.[1] ?? 0);
      rooms.push(Math.max(0, limit - usage + inactive));
    }
  }
  return Math.min(Number.POSITIVE_INFINITY, ...rooms);
}

/**
 * Returns the memory in bytes that a new program can get. Unlike `os.freemem()`, it counts caches that the system gives
 * up, and it obeys the limit of a container.
 */
export async function availableMemory(probes: MemoryProbes = systemProbes): Promise<number> {
  if (probes.platform === "darwin") {
    return parseVmStat((await probes.run("vm_stat", [])) ?? "") ?? probes.freemem();
  }
  if (probes.platform !== "linux") return probes.freemem();
  const meminfo = (await probes.readText("/proc/meminfo")) ?? "";
  const available = parseKibibytes(meminfo, "MemAvailable") ?? probes.freemem();
  return Math.min(available, await cgroupRoom(probes));
}

/**
 * Returns the memory in bytes that becomes available when these processes end. On Linux that excludes pages of mapped
 * files, which count as available already.
 */
export async function heldMemory(
  pids: readonly number[],
  { platform, readText, run }: MemoryProbes = systemProbes,
): Promise<number> {
  const held = pids.map(async (pid) => {
    if (platform === "linux")
      return parseKibibytes((await readText(`/proc/${pid}/status`)) ?? "", "RssAnon") ?? 0;
    if (platform !== "darwin") return 0;
    const kibibytes = Number((await run("ps", ["-o", "rss=", "-p", String(pid)])) ?? Number.NaN);
    return Number.isFinite(kibibytes) ? kibibytes * 1024 : 0;
  });
  return (await Promise.all(held)).reduce((sum, bytes) => sum + bytes, 0);
}

/** Returns the limit in bytes that the user set for memory wired by Apple's GPU, or null for the system's own. */
export async function metalLimit({ run }: MemoryProbes = systemProbes): Promise<number | null> {
  const mebibytes = Number((await run("sysctl", ["-n", "iogpu.wired_limit_mb"])) ?? Number.NaN);
  return Number.isFinite(mebibytes) && mebibytes > 0 ? mebibytes * 1024 * 1024 : null;
}
