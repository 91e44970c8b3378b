// Plain JavaScript without packages, shared by setup's lock and the services.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const execute = promisify(execFile);

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
export async function readProcessStart(pid) {
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
export function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
