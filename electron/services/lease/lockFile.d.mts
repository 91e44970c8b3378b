export type ProcessIdentity = import("../processes/processIdentity.mjs").ProcessIdentity;
export type LockOwner = {
  /**
   * of the lock, such as a run's ID or "import dataset_v2"
   */
  purpose: string;
  owner: ProcessIdentity;
  /**
   * distinguishes locks of the same process
   */
  token: string;
};
export type LockFiles = {
  readText: (file: string) => Promise<string>;
  /**
   * creates the complete file in one step; false
   * if it exists
   */
  writeNew: (file: string, text: string) => Promise<boolean>;
  remove: (file: string) => Promise<void>;
  identity: () => Promise<ProcessIdentity>;
  /**
   * when the file was last touched, in ms since the epoch;
   * given where owners touch their locks
   */
  touchedMs?: (file: string) => Promise<number>;
};
export type LockAttempt =
  | {
      readonly kind: "held";
      readonly release: () => Promise<void>;
    }
  | {
      readonly kind: "busy";
      readonly by: LockOwner;
    };
/**
 * Tries once to take a lock. The lock of a dead process is taken over.
 * @param {LockFiles} files
 * @param {string} file
 * @param {string} purpose
 * @returns {Promise<LockAttempt>}
 */
export declare function tryAcquireLock(files: LockFiles, file: string, purpose: string): Promise<LockAttempt>;
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
export declare function acquireLock(
  files: LockFiles,
  file: string,
  purpose: string,
  {
    pollMs,
    onBusy,
    signal,
  }: {
    pollMs: number;
    onBusy: (by: LockOwner) => void;
    signal?: AbortSignal;
  },
): Promise<() => Promise<void>>;
/**
 * Whether another live process holds the lock. Changes nothing.
 * @param {LockFiles} files
 * @param {string} file
 * @returns {Promise<boolean>}
 */
export declare function isLockedByAnother(files: LockFiles, file: string): Promise<boolean>;
