// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { promisify } from "node:util";

/** @typedef {{pid: number, startedAt: string, host: string}} ProcessIdentity */

const execute = promisify(execFile);
/** The start of a process when the system doesn't provide it. */
const unknownStart = "unknown";

/**
 * Returns the ID of the current boot: after a reboot, the same process ID may have started at the same tick.
 * @returns {string}
 */
function bootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return ""; // Some containers hide it; the ticks are still available.
  }
}

/**
 * Returns the start of a process on Linux: the boot ID and the ticks since boot, which don't depend on the clock.
 * @param {number} pid
 * @returns {string | null}
 */
function linuxStart(pid) {
  const status = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the command in parentheses, which may itself contain spaces and parentheses.
  const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X" || fields[19] === undefined) return null;
  return `${bootId()}-${fields[19]}`;
}

/**
 * Returns the command that prints when a process started, for systems without /proc.
 * @param {number} pid
 * @returns {[string, string[]]}
 */
function startCommand(pid) {
  if (process.platform === "win32") {
    const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
    return ["powershell", ["-NoProfile", "-Command", script]];
  }
  return ["ps", ["-o", "lstart=", "-p", String(pid)]];
}

/**
 * Returns when a process started, or null if it doesn't exist. Process IDs alone are reused.
 * @param {number} pid
 * @returns {string | null}
 */
export function processStart(pid) {
  try {
    if (process.platform === "linux") return linuxStart(pid);
    return (
      execFileSync(...startCommand(pid))
        .toString()
        .trim() || null
    );
  } catch {
    return null;
  }
}

/**
 * Returns when a process started, like `processStart`, without blocking the event loop.
 * @param {number} pid
 * @returns {Promise<string | null>}
 */
async function readProcessStart(pid) {
  try {
    if (process.platform === "linux") return linuxStart(pid);
    const { stdout } = await execute(...startCommand(pid));
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

/**
 * Whether a process with this ID exists, regardless of its owner.
 * @param {number} pid
 * @returns {boolean}
 */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @type {Promise<ProcessIdentity> | undefined} */
let own;

/**
 * Returns this process as recorded in `owner.json` and in locks.
 * @returns {Promise<ProcessIdentity>}
 */
export function ownIdentity() {
  own ??= readProcessStart(process.pid).then((startedAt) => ({
    pid: process.pid,
    startedAt: startedAt ?? unknownStart,
    host: hostname(),
  }));
  return own;
}

/**
 * Whether the process that wrote the file is still alive. Processes of another machine (in a shared folder) can't be
 * checked, so they count as alive.
 * @param {ProcessIdentity} owner
 * @returns {Promise<boolean>}
 */
export async function isAlive(owner) {
  if (owner.host !== hostname()) return true;
  if (!isRunning(owner.pid)) return false;
  if (owner.startedAt === unknownStart) return true;
  return (await readProcessStart(owner.pid)) === owner.startedAt;
}

/** @param {string} text */
const short = (text) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/**
 * Returns a short tag of a process for file names: its ID, machine and start.
 * @param {ProcessIdentity} identity
 * @returns {string}
 */
export function identityTag({ pid, host, startedAt }) {
  return `${pid}-${short(host)}-${short(startedAt)}`;
}

/**
 * Whether the process of a tag is known to be dead. Processes of other machines count as alive.
 * @param {string} tag
 * @returns {Promise<boolean>}
 */
export async function isTagDead(tag) {
  const [pid, host, startedAt] = tag.split("-");
  if (host !== short(hostname())) return false;
  if (!isRunning(Number(pid))) return true;
  const start = await readProcessStart(Number(pid));
  return startedAt !== short(unknownStart) && (start === null || short(start) !== startedAt);
}
