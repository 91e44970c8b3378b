/**
 * When a process started, as the system tells it; null where there is none. An id alone is given out again.
 * @param {number} pid
 * @returns {string | null}
 */
export declare function processStart(pid: number): string | null;
/**
 * The same without holding the event loop, where the system has to start a program to tell it.
 * @param {number} pid
 * @returns {Promise<string | null>}
 */
export declare function readProcessStart(pid: number): Promise<string | null>;
/**
 * Whether a process of that id lives, whoever it is.
 * @param {number} pid
 * @returns {boolean}
 */
export declare function isRunning(pid: number): boolean;
