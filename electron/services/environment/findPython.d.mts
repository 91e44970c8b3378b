/** The minors of Python 3 for which our pinned packages have wheels, the most proven first. */
export declare const supportedMinors: number[];
export type FoundPython = {
  /**
   * the real interpreter, not a shim
   */
  executable: string;
  /**
   * "3.11.7"
   */
  version: string;
  /**
   * "3.11"
   */
  minor: string;
  /**
   * whether it can make an environment (Debian ships Python without)
   */
  venv: boolean;
};
export type RejectedPython = {
  command: string;
  reason: string;
};
export type Machine = {
  env: Record<string, string | undefined>;
  platform: string;
  home: string;
};
/**
 * The commands that may be a Python, in the order in which they are asked. A desktop session often lacks the
 * terminal's PATH, so the usual prefixes are looked at too.
 * @param {Machine} machine
 * @returns {string[][]} each a command with its arguments
 */
export declare function pythonCandidates({ env, platform, home }: Machine): string[][];
/**
 * Asks one interpreter what it is.
 * @param {string[]} command
 * @param {number} timeoutMs
 * @returns {Promise<FoundPython | RejectedPython>}
 */
export declare function askPython(
  command: string[],
  timeoutMs?: number,
): Promise<FoundPython | RejectedPython>;
/**
 * Finds a Python ≥ 3.10 that can make an environment: the first on the PATH that our packages have wheels for, else
 * one that is newer than they know. Without one, `found` is null and `rejected` says what was looked at.
 * @param {Machine & {needsVenv?: boolean}} machine  needsVenv: false where `uv` makes the environment
 * @returns {Promise<{found: FoundPython | null, rejected: RejectedPython[]}>}
 */
export declare function findPython({
  needsVenv,
  ...machine
}: Machine & {
  needsVenv?: boolean;
}): Promise<{
  found: FoundPython | null;
  rejected: RejectedPython[];
}>;
