// Plain JavaScript on Node's own modules: set-up runs this before any package is installed, on Node 20.
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
/** A lock of another machine (a shared home) is stale when its owner has not touched it for so long. */
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
 * A lock that somebody emptied or edited belongs to nobody: it is stale once it has not been touched for long.
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
 * Makes the lock with its content in one step: a link to a file that is already whole.
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
 * Takes a stale lock away. Two waiters may see the same stale one: what was moved is looked at again, and a live one
 * that took its place meanwhile is put back.
 * @param {string} file
 * @param {string} staleText
 */
function clear(file, staleText) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, "utf8") !== staleText) linkSync(aside, file);
  } catch {
    // Another waiter was quicker; the next round sees what it left.
  }
  rmSync(aside, { force: true });
}

/**
 * Runs `work` while no other process holds the lock; a lock whose owner died is taken over.
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
