export type ProcessIdentity = {
  pid: number;
  startedAt: string;
  host: string;
};
/**
 * Returns when a process started, or null if it doesn't exist. Process IDs alone are reused.
 * @param {number} pid
 * @returns {string | null}
 */
export declare function processStart(pid: number): string | null;
/**
 * Returns this process as recorded in `owner.json` and in locks.
 * @returns {Promise<ProcessIdentity>}
 */
export declare function ownIdentity(): Promise<ProcessIdentity>;
/**
 * Whether the process that wrote the file is still alive. Processes of another machine (in a shared folder) can't be
 * checked, so they count as alive.
 * @param {ProcessIdentity} owner
 * @returns {Promise<boolean>}
 */
export declare function isAlive(owner: ProcessIdentity): Promise<boolean>;
/**
 * Returns a short tag of a process for file names: its ID, machine and start.
 * @param {ProcessIdentity} identity
 * @returns {string}
 */
export declare function identityTag({ pid, host, startedAt }: ProcessIdentity): string;
/**
 * Whether the process of a tag is known to be dead. Processes of other machines count as alive.
 * @param {string} tag
 * @returns {Promise<boolean>}
 */
export declare function isTagDead(tag: string): Promise<boolean>;
