// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, processStart } from "../processes/processStart.mjs";

/** @typedef {{pid: number, startedAt: string, host: string}} LockOwner */

const heartbeatMs = 5_000;
/** A lock of another machine (in a shared home) is stale when it wasn't touched for this long. */
const silentMs = 120_000;

/**
 * Whether a lock's owner is gone.
 * @param {LockOwner} owner
 * @param {number} touchedMs  when the lock file was last touched, ms since the epoch
 */
export function isStale(owner, touchedMs) {
  if (owner.host !== hostname()) return Date.now() - touchedMs > silentMs;
  if (owner.startedAt === "unknown") return !isRunning(owner.pid);
  return processStart(owner.pid) !== owner.startedAt;
}

/**
 * @param {string} file
 * @returns {{owner: LockOwner, text: string, touchedMs: number} | null} null where there is no lock
 */
function readLock(file) {
  try {
    const text = readFileSync(file, "utf8");
    return { owner: ownerIn(text), text, touchedMs: statSync(file).mtimeMs };
  } catch {
    return null;
  }
}

/**
 * Parses a lock's owner. An invalid lock has no owner and becomes stale when it isn't touched.
 * @param {string} text
 * @returns {LockOwner}
 */
function ownerIn(text) {
  try {
    const { pid, startedAt, host } = JSON.parse(text);
    return { pid, startedAt, host };
  } catch {
    return { pid: -1, startedAt: "", host: "" };
  }
}

/**
 * Creates the lock with its content in one step, as a link to a complete file.
 * @param {string} file
 * @param {string} text
 */
function tryTake(file, text) {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a stale lock. Two waiters may see the same stale lock, so the moved file is checked again, and a live lock
 * that had replaced it is restored.
 * @param {string} file
 * @param {string} staleText
 */
function clear(file, staleText) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, "utf8") !== staleText) linkSync(aside, file);
  } catch {
    // Another waiter was faster. The next round sees its lock.
  }
  rmSync(aside, { force: true });
}

/**
 * Runs `work` while holding the lock. Takes over the lock of a dead process.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{onWait?: (owner: LockOwner) => void, pollMs?: number}} [options]  onWait is called once, on the first wait
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait = () => {}, pollMs = 500 } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const token = Math.random().toString(36).slice(2);
  const owner = {
    pid: process.pid,
    startedAt: processStart(process.pid) ?? "unknown",
    host: hostname(),
    token,
  };
  const text = JSON.stringify(owner);
  for (let waited = false; !tryTake(file, text); ) {
    const held = readLock(file);
    if (held !== null && isStale(held.owner, held.touchedMs)) {
      clear(file, held.text);
      continue;
    }
    if (!waited && held !== null) onWait(held.owner);
    waited ||= held !== null;
    await sleep(pollMs);
  }
  const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if (readLock(file)?.text === text) rmSync(file, { force: true });
  }
}
