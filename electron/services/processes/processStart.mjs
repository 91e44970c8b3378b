// Plain JavaScript on Node's own modules: set-up's lock and the services' runs and locks know a process the same way.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const execute = promisify(execFile);

/**
 * The running system's own id: after a restart the same process id may have started at the very same tick.
 * @returns {string}
 */
function bootId() {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
  } catch {
    return ""; // Some containers hide it; the ticks are told all the same.
  }
}

/**
 * The start of a process on Linux: the boot and the ticks since it, which no change of the clock moves.
 * @param {number} pid
 * @returns {string | null}
 */
function linuxStart(pid) {
  const status = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the command in parentheses and may itself hold spaces and parentheses.
  const fields = status.slice(status.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X" || fields[19] === undefined) return null;
  return `${bootId()}-${fields[19]}`;
}

/**
 * The command that tells when a process started, where no file does.
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
 * When a process started, as the system tells it; null where there is none. An id alone is given out again.
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
 * The same without holding the event loop, where the system has to start a program to tell it.
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
 * Whether a process of that id lives, whoever it is.
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
