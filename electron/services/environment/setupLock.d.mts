export type ProcessIdentity = import("../processes/processIdentity.mjs").ProcessIdentity;
/**
 * Runs `work` while holding the lock. Takes over the lock of a dead process.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{onWait?: (owner: ProcessIdentity) => void, pollMs?: number, signal?: AbortSignal | undefined}} [options]
 *   onWait is called once, on the first wait; the signal ends the wait with its reason
 * @returns {Promise<T>}
 */
export declare function withLock<T>(
  file: string,
  work: () => Promise<T>,
  {
    onWait,
    pollMs,
    signal,
  }?: {
    onWait?: (owner: ProcessIdentity) => void;
    pollMs?: number;
    signal?: AbortSignal | undefined;
  },
): Promise<T>;
