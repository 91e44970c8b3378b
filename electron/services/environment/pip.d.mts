/**
 * What a line of pip or uv says about its progress, in a few words; null where it says nothing new to a person.
 * @param {string} line  as pip ≥ 22 (`--progress-bar off`) or uv prints it
 * @returns {string | null}
 */
export declare function pipProgress(line: string): string | null;
/**
 * The known cause of a failed installation, by pip, uv or npm; null where it is another one. Looks at all lines:
 * retries are warnings of the true cause (no name service), where the last error only says "no version found".
 * @param {string[]} lines
 * @returns {{reason: string, hint: string} | null}
 */
export declare function knownCause(lines: string[]): {
  reason: string;
  hint: string;
} | null;
/**
 * The reason of a failed build: the known cause first, then pip's own last words, which are never hidden.
 * @param {string[]} lines  everything printed, stdout and stderr together
 * @returns {{reason: string, hint: string, lastLines: string[]}} lastLines: at most 6
 */
export declare function failureReason(lines: string[]): {
  reason: string;
  hint: string;
  lastLines: string[];
};
