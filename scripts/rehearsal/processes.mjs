// Watches a process and its descendants: each one's memory, and how long it ran.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const sampleMs = 200;

/**
 * A process at one moment. Memory in bytes.
 * @typedef {object} Seen
 * @property {number} pid
 * @property {number} parent
 * @property {boolean} python
 * @property {number} resident
 * @property {number} peak  of its resident memory since it started, where the system knows it
 * @property {number} anonymous  what the system can't take back, unlike a mapped file; 0 where it isn't known
 */

/** @returns {Seen | null} null if the process has ended */
function linuxProcess(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const value = (name) => status.match(new RegExp(`^${name}:\\s*(\\S+)`, "m"))?.[1] ?? "0";
    // VmHWM is the peak since the start: a short peak between two samples counts.
    const bytes = (name) => Number(value(name)) * 1024;
    const memory = { resident: bytes("VmRSS"), peak: bytes("VmHWM"), anonymous: bytes("RssAnon") };
    return { pid, parent: Number(value("PPid")), python: value("Name").startsWith("python"), ...memory };
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
      const resident = Number(kilobytes) * 1024;
      return { pid: Number(pid), parent: Number(parent), python, resident, peak: resident, anonymous: 0 };
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

/** A process over its life. */
class Life {
  python = false;
  peak = 0;
  anonymous = 0;
  #begun = Date.now();
  #ended = Date.now();
  /** @type {{at: number, resident: number}[]} */
  #samples = [];

  /** @param {Seen} found */
  add({ python, resident, peak, anonymous }) {
    this.python = python;
    this.peak = Math.max(this.peak, peak);
    this.anonymous = Math.max(this.anonymous, anonymous);
    this.#ended = Date.now();
    this.#samples.push({ at: this.#ended, resident });
  }

  get seconds() {
    return (this.#ended - this.#begun) / 1000;
  }

  /** Returns the peak of resident memory from a moment on, in bytes. @param {number} at  as of `Date.now()` */
  peakSince(at) {
    const later = this.#samples.filter((sample) => sample.at >= at);
    return later.reduce((peak, { resident }) => Math.max(peak, resident), 0);
  }
}

/**
 * Starts watching a process.
 * @param {number} root
 */
export function watchProcesses(root) {
  /** @type {Map<number, Life>} */
  const seen = new Map();
  /** Those of the last sample. The system gives the ID of an ended process to another one. */
  let running = new Set([root]);
  const before = gpuMemory();
  let gpuPeak = before;
  const sample = () => {
    // Parents have lower IDs, so that a new child is found with its parent.
    const now = new Set();
    for (const found of allProcesses().sort((one, other) => one.pid - other.pid)) {
      if (![found.pid, found.parent].some((pid) => running.has(pid) || now.has(pid))) continue;
      now.add(found.pid);
      const life = seen.get(found.pid) ?? new Life();
      life.add(found);
      seen.set(found.pid, life);
    }
    running = now;
    if (gpuPeak !== null) gpuPeak = Math.max(gpuPeak, gpuMemory() ?? 0);
  };
  sample();
  const clock = setInterval(sample, sampleMs);
  const largest = (python) => {
    const lives = [...seen.values()].filter((life) => life.python === python);
    return lives.sort((one, other) => other.peak - one.peak)[0] ?? null;
  };
  return {
    /** Kills all of them at once, as the end of a machine would. */
    kill() {
      sample();
      for (const pid of running) {
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
