import { expect, it } from "vitest";
import { availableMemory, heldMemory, type MemoryProbes, metalLimit, parseVmStat } from "./hostMemory.ts";

/** Printed by a Mac with 16 GB and an ordinary load: free pages alone are 0.47 GB. */
const vmStat = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               28764.
Pages active:                            301586.
Pages inactive:                          296911.
Pages speculative:                         3671.
Pages throttled:                              0.
Pages wired down:                        120853.
Pages purgeable:                           5117.
"Translation faults":                 321456789.
Pages copy-on-write:                   12345678.
`;

function probesWith(
  platform: NodeJS.Platform,
  files: Record<string, string> = {},
  commands: Record<string, string> = {},
): MemoryProbes {
  return {
    platform,
    readText: async (file) => files[file] ?? null,
    run: async (command) => commands[command] ?? null,
    freemem: () => 12345,
  };
}

const meminfo = "MemTotal:       24683584 kB\nMemFree:          500000 kB\nMemAvailable:   20000000 kB\n";

it("counts the pages that macOS gives up, in pages of the size that vm_stat names", async () => {
  const pages = 28764 + 296911 + 3671 + 5117;
  expect(parseVmStat(vmStat)).toBe(pages * 16384);
  expect(parseVmStat(vmStat.replace("16384", "4096"))).toBe(pages * 4096);
  expect(await availableMemory(probesWith("darwin", {}, { vm_stat: vmStat }))).toBe(pages * 16384);
});

it("uses MemAvailable on Linux, and freemem where nothing better is known", async () => {
  expect(await availableMemory(probesWith("linux", { "/proc/meminfo": meminfo }))).toBe(20000000 * 1024);
  expect(await availableMemory(probesWith("linux"))).toBe(12345);
  expect(await availableMemory(probesWith("darwin"))).toBe(12345);
  expect(await availableMemory(probesWith("win32"))).toBe(12345);
});

it("obeys a container's limit (cgroup v2), of which inactive file pages are free", async () => {
  const files = {
    "/proc/meminfo": meminfo,
    "/proc/self/cgroup": "0::/docker/abc\n",
    "/sys/fs/cgroup/docker/abc/memory.max": "8000000000\n",
    "/sys/fs/cgroup/docker/abc/memory.current": "5000000000\n",
    "/sys/fs/cgroup/docker/abc/memory.stat": "anon 3000000000\nfile 2000000000\ninactive_file 1500000000\n",
    "/sys/fs/cgroup/memory.max": "max\n",
  };
  expect(await availableMemory(probesWith("linux", files))).toBe(4_500_000_000);
});

it("obeys the limit of a parent group, and cgroup v1 with the folder of a host that isn't mounted", async () => {
  const parent = {
    "/proc/meminfo": meminfo,
    "/proc/self/cgroup": "0::/user.slice/app.scope\n",
    "/sys/fs/cgroup/user.slice/app.scope/memory.max": "max\n",
    "/sys/fs/cgroup/user.slice/app.scope/memory.current": "1000\n",
    "/sys/fs/cgroup/user.slice/memory.max": "2000000000\n",
    "/sys/fs/cgroup/user.slice/memory.current": "1900000000\n",
  };
  expect(await availableMemory(probesWith("linux", parent))).toBe(100_000_000);
  const first = {
    "/proc/meminfo": meminfo,
    "/proc/self/cgroup": "9:name=systemd:/\n4:cpu,memory:/docker/e18a\n0::/\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "4000000000\n",
    "/sys/fs/cgroup/memory/memory.usage_in_bytes": "3000000000\n",
    "/sys/fs/cgroup/memory/memory.stat": "inactive_file 1\ntotal_inactive_file 500000000\n",
  };
  expect(await availableMemory(probesWith("linux", first))).toBe(1_500_000_000);
});

it("counts what a process frees when it ends, without pages of mapped files", async () => {
  const status = "Name:\tnode\nVmRSS:\t 9000000 kB\nRssAnon:\t 5000000 kB\nRssFile:\t 4000000 kB\n";
  expect(await heldMemory([7, 8], probesWith("linux", { "/proc/7/status": status }))).toBe(5000000 * 1024);
  expect(await heldMemory([7], probesWith("darwin", {}, { ps: " 2048\n" }))).toBe(2048 * 1024);
  expect(await heldMemory([], probesWith("darwin"))).toBe(0);
});

it("knows the limit that the user set for Apple's GPU", async () => {
  expect(await metalLimit(probesWith("darwin", {}, { sysctl: "24000\n" }))).toBe(24000 * 1024 * 1024);
  expect(await metalLimit(probesWith("darwin", {}, { sysctl: "0\n" }))).toBeNull();
  expect(await metalLimit(probesWith("linux"))).toBeNull();
});
