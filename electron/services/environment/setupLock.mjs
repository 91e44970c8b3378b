// Plain JavaScript without packages: setup runs this before anything is installed, on Node 20.
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../files/systemErrors.mjs";
import { acquireLock } from "../lease/lockFile.mjs";
import { ownIdentity } from "../processes/processIdentity.mjs";

/** @typedef {import("../processes/processIdentity.mjs").ProcessIdentity} ProcessIdentity */

const heartbeatMs = 5_000;

/** @type {import("../lease/lockFile.mjs").LockFiles} */
const nodeFiles = {
  readText: (file) => readFile(file, "utf8"),
  async writeNew(file, text) {
    await mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await writeFile(draft, text);
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  },
  remove: (file) => rm(file, { force: true }),
  identity: ownIdentity,
  // A lock that was just released isn't stale. The next attempt creates it.
  touchedMs: (file) =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    ),
};

/**
 * Runs `work` while holding the lock. Takes over the lock of a dead process.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{onWait?: (owner: ProcessIdentity) => void, pollMs?: number, signal?: AbortSignal | undefined}} [options]
 *   onWait is called once, on the first wait; the signal ends the wait with its reason
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait = () => {}, pollMs = 500, signal } = {}) {
  let waited = false;
  const release = await acquireLock(nodeFiles, file, "setup", {
    pollMs,
    ...(signal && { signal }),
    onBusy({ owner }) {
      if (!waited) onWait(owner);
      waited = true;
    },
  });
  const heartbeat = setInterval(() => {
    utimes(file, new Date(), new Date()).catch(() => {});
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await release();
  }
}
