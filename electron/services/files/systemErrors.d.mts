/**
 * Returns the system code of an error (`ENOENT`), or an empty string if it has none.
 * @param {unknown} error
 * @returns {string}
 */
export declare function systemCode(error: unknown): string;
/**
 * Whether an error means that the path doesn't or can't exist.
 * @param {unknown} error
 * @returns {boolean}
 */
export declare function isAbsent(error: unknown): boolean;
