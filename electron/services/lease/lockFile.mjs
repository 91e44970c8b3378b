// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { isAbsent } from "../files/systemErrors.mjs";
import { isAlive } from "../processes/processIdentity.mjs";

/** @typedef {import("../processes/processIdentity.mjs").ProcessIdentity} ProcessIdentity */

/**
 * The content of a lock file.
 * @typedef {object} LockOwner
 * @property {string} purpose  of the lock, such as a run's ID or "import dataset_v2"
 * @property {ProcessIdentity} owner
 * @property {string} token  distinguishes locks of the same process
 */

/**
 * What a lock needs of the disk: a `FileLayer`, or plain Node in setup.
 * @typedef {object} LockFiles
 * @property {(file: string) => Promise<string>} readText
 * @property {(file: string, text: string) => Promise<boolean>} writeNew  creates the complete file in one step; false
 *   if it exists
 * @property {(file: string) => Promise<void>} remove
 * @property {() => Promise<ProcessIdentity>} identity
 * @property {(file: string) => Promise<number>} [touchedMs]  when the file was last touched, in ms since the epoch;
 *   given where owners touch their locks
 */

/**
 * The result of an attempt: held until `release`, or held by a live process.
 * @typedef {{readonly kind: "held", readonly release: () => Promise<void>}
 *   | {readonly kind: "busy", readonly by: LockOwner}} LockAttempt
 */

/**
 * Tokens of the locks that are held, by the files they were taken through. Any other lock of this process is one that
 * wasn't released.
 * @type {WeakMap<LockFiles, Set<string>>}
 */
const held = new WeakMap();

/** @param {LockFiles} files */
function heldTokens(files) {
  const tokens = held.get(files) ?? new Set();
  held.set(files, tokens);
  return tokens;
}

/** A touched lock of another machine (in a shared folder) is stale when it wasn't touched for this long. */
const silentMs = 120_000;

/**
 * @param {LockFiles} files
 * @param {string} file
 * @returns {Promise<{text: string, by: LockOwner | null} | null>} null where there is no lock; `by` is null in an
 *   invalid one
 */
async function readLock(files, file) {
  let text = "";
  try {
    text = await files.readText(file);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  return { text, by: ownerIn(text) };
}

/**
 * @param {string} text
 * @returns {LockOwner | null}
 */
function ownerIn(text) {
  try {
    const lock = JSON.parse(text);
    // Setup once wrote the owner's fields beside the token.
    const { purpose = "setup", owner = lock, token } = lock;
    const { pid, startedAt, host } = owner;
    const texts = [purpose, token, startedAt, host];
    if (!Number.isInteger(pid) || texts.some((field) => typeof field !== "string")) return null;
    return { purpose, owner: { pid, startedAt, host }, token };
  } catch {
    return null;
  }
}

/**
 * Whether a lock can be taken over: it is invalid, of a dead process, or left over from this process.
 * @param {LockFiles} files
 * @param {string} file
 * @param {LockOwner | null} by
 */
async function isStale(files, file, by) {
  if (by === null) return true;
  const own = await files.identity();
  const { pid, host, startedAt } = by.owner;
  if (pid === own.pid && host === own.host && startedAt === own.startedAt)
    return !heldTokens(files).has(by.token);
  if (host !== own.host && files.touchedMs !== undefined)
    return Date.now() - (await files.touchedMs(file)) > silentMs;
  return !(await isAlive(by.owner));
}

/**
 * Creates a lock in one step.
 * @param {LockFiles} files
 * @param {string} file
 * @param {string} purpose
 * @returns {Promise<(() => Promise<void>) | null>} the function that releases it, or null if there is a lock already
 */
async function createLock(files, file, purpose) {
  const token = randomBytes(8).toString("hex");
  const text = `${JSON.stringify({ purpose, owner: await files.identity(), token })}\n`;
  // Recorded before the file exists, so that no other caller here takes it for a leftover.
  heldTokens(files).add(token);
  let created = false;
  try {
    created = await files.writeNew(file, text);
  } finally {
    if (!created) heldTokens(files).delete(token);
  }
  if (!created) return null;
  return async () => {
    // A file that can't be removed is recognized as stale later.
    const found = await readLock(files, file).catch(() => null);
    if (found?.text === text) await files.remove(file).catch(() => {});
    heldTokens(files).delete(token);
  };
}

/**
 * Removes a stale lock. Two callers may see the same stale lock, so only the holder of a guard file checks again and
 * removes it. Otherwise one could remove the new lock of the other.
 * @param {LockFiles} files
 * @param {string} file
 */
async function clearStale(files, file) {
  const guard = `${file}.clearing`;
  const release = await createLock(files, guard, "clearing");
  if (release === null) return removeIfStale(files, guard);
  try {
    await removeIfStale(files, file);
  } finally {
    await release();
  }
}

/**
 * @param {LockFiles} files
 * @param {string} file
 */
async function removeIfStale(files, file) {
  const found = await readLock(files, file);
  if (found !== null && (await isStale(files, file, found.by))) await files.remove(file);
}

/**
 * Tries once to take a lock. The lock of a dead process is taken over.
 * @param {LockFiles} files
 * @param {string} file
 * @param {string} purpose
 * @returns {Promise<LockAttempt>}
 */
export async function tryAcquireLock(files, file, purpose) {
  // A few rounds, because others may take and release the lock between two steps.
  for (let round = 0; ; round += 1) {
    const release = await createLock(files, file, purpose);
    if (release !== null) return { kind: "held", release };
    const found = await readLock(files, file);
    if (found === null) continue;
    const { by } = found;
    if (by !== null && !(await isStale(files, file, by))) return { kind: "busy", by };
    if (round > 20) throw new Error(`couldn't take over the stale lock ${file}`);
    await clearStale(files, file);
  }
}

/**
 * Waits for a lock.
 * @param {LockFiles} files
 * @param {string} file
 * @param {string} purpose
 * @param {object} options
 * @param {number} options.pollMs
 * @param {(by: LockOwner) => void} options.onBusy  called after each attempt that finds a live holder; what it throws
 *   ends the wait
 * @param {AbortSignal} [options.signal]  ends the wait with its reason
 * @returns {Promise<() => Promise<void>>} the function that releases the lock
 */
export async function acquireLock(files, file, purpose, { pollMs, onBusy, signal }) {
  for (;;) {
    signal?.throwIfAborted();
    const attempt = await tryAcquireLock(files, file, purpose);
    if (attempt.kind === "held") return attempt.release;
    onBusy(attempt.by);
    await wait(pollMs, undefined, signal && { signal }).catch(() => {});
  }
}

/**
 * Whether another live process holds the lock. Changes nothing.
 * @param {LockFiles} files
 * @param {string} file
 * @returns {Promise<boolean>}
 */
export async function isLockedByAnother(files, file) {
  const found = await readLock(files, file);
  return found !== null && !(await isStale(files, file, found.by));
}
