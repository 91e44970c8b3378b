export type LockOwner = {
  pid: number;
  startedAt: string;
  host: string;
};
/**
 * Whether a lock's owner is gone.
 * @param {LockOwner} owner
 * @param {number} touchedMs  when the lock file was last touched, ms since the epoch
 */
export declare function isStale(owner: LockOwner, touchedMs: number): boolean;
/**
 * Runs `work` while holding the lock. Takes over the lock of a dead process.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{onWait?: (owner: LockOwner) => void, pollMs?: number}} [options]  onWait is called once, on the first wait
 * @returns {Promise<T>}
 */
export declare function withLock<T>(
  file: string,
  work: () => Promise<T>,
  {
    onWait,
    pollMs,
  }?: {
    onWait?: (owner: LockOwner) => void;
    pollMs?: number;
  },
): Promise<T>;
