/**
 * Returns when a process started, or null if it doesn't exist. Process IDs alone are reused.
 * @param {number} pid
 * @returns {string | null}
 */
export declare function processStart(pid: number): string | null;
/**
 * Returns when a process started, like `processStart`, without blocking the event loop.
 * @param {number} pid
 * @returns {Promise<string | null>}
 */
export declare function readProcessStart(pid: number): Promise<string | null>;
/**
 * Whether a process with this ID exists, regardless of its owner.
 * @param {number} pid
 * @returns {boolean}
 */
export declare function isRunning(pid: number): boolean;
