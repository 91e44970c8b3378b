/**
 * Returns the progress that a line of pip or uv reports, in a few words, or null.
 * @param {string} line  as pip ≥ 22 (`--progress-bar off`) or uv prints it
 * @returns {string | null}
 */
export declare function pipProgress(line: string): string | null;
/**
 * Returns the known cause of an installation that failed in pip, uv or npm, or null. Checks all lines: warnings about
 * retries show the true cause (no DNS), while the last error only says "no version found".
 * @param {string[]} lines
 * @returns {{reason: string, hint: string} | null}
 */
export declare function knownCause(lines: string[]): {
  reason: string;
  hint: string;
} | null;
/**
 * Returns the reason of a failed build: the known cause and pip's own last lines, which are never hidden.
 * @param {string[]} lines  everything printed, stdout and stderr together
 * @returns {{reason: string, hint: string, lastLines: string[]}} lastLines: at most 6
 */
export declare function failureReason(lines: string[]): {
  reason: string;
  hint: string;
  lastLines: string[];
};
