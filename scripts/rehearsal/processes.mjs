// Watches a process and its descendants: the peak of each one's resident memory, and how long it ran.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const sampleMs = 200;

/**
 * A process at one moment, or over its life.
 * @typedef {object} Seen
 * @property {number} pid
 * @property {number} parent
 * @property {boolean} python
 * @property {number} peak  of its resident memory, in bytes
 */

/** @returns {Seen | null} null if the process has ended */
function linuxProcess(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const value = (name) => status.match(new RegExp(`^${name}:\\s*(\\S+)`, "m"))?.[1] ?? "0";
    // VmHWM is the peak since the start: a short peak between two samples counts.
    const peak = Number(value("VmHWM")) * 1024;
    return { pid, parent: Number(value("PPid")), python: value("Name").startsWith("python"), peak };
  } catch {
    return null;
  }
}

/** @returns {Seen[]} all processes of this machine, or none if the system can't list them */
function allProcesses() {
  if (process.platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => linuxProcess(Number(pid))).filter((found) => found !== null);
  }
  if (process.platform === "win32") return [];
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,rss=,comm="], { encoding: "utf8" });
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [pid, parent, kilobytes, ...command] = line.trim().split(/\s+/);
      const python = /^python/i.test(path.basename(command.join(" ")));
      return { pid: Number(pid), parent: Number(parent), python, peak: Number(kilobytes) * 1024 };
    });
}

/** Used memory of all NVIDIA GPUs in bytes; null without one. */
function gpuMemory() {
  try {
    const words = ["--query-gpu=memory.used", "--format=csv,noheader,nounits"];
    const text = execFileSync("nvidia-smi", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return (
      text
        .trim()
        .split("\n")
        .map(Number)
        .reduce((sum, mebibytes) => sum + mebibytes, 0) *
      2 ** 20
    );
  } catch {
    return null;
  }
}

/**
 * Starts watching a process.
 * @param {number} root
 */
export function watchProcesses(root) {
  /** @type {Map<number, Seen & {begun: number, ended: number}>} */
  const seen = new Map();
  const before = gpuMemory();
  let gpuPeak = before;
  const sample = () => {
    const now = performance.now();
    // Parents first: a child may be listed before its parent, so that a new one is found in the next sample at the latest.
    for (const found of allProcesses().sort((one, other) => one.pid - other.pid)) {
      if (found.pid !== root && !seen.has(found.parent) && !seen.has(found.pid)) continue;
      const { begun = now, peak = 0 } = seen.get(found.pid) ?? {};
      seen.set(found.pid, { ...found, peak: Math.max(peak, found.peak), begun, ended: now });
    }
    if (gpuPeak !== null) gpuPeak = Math.max(gpuPeak, gpuMemory() ?? 0);
  };
  sample();
  const clock = setInterval(sample, sampleMs);
  const largest = (python) => {
    const [found] = [...seen.values()]
      .filter((one) => one.python === python)
      .sort((one, other) => other.peak - one.peak);
    return found === undefined ? null : { peak: found.peak, seconds: (found.ended - found.begun) / 1000 };
  };
  return {
    /** Kills all of them at once, as the end of a machine would. */
    kill() {
      sample();
      for (const pid of seen.keys()) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It ended by itself.
        }
      }
    },
    /** Ends the watch. Memory in bytes; null where there was no such process, or no NVIDIA GPU. */
    stop() {
      clearInterval(clock);
      const accelerator = before === null || gpuPeak === null ? null : gpuPeak - before;
      return { trainer: largest(true), engine: largest(false), accelerator };
    },
  };
}
