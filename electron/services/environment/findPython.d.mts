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
   * whether it can create an environment (Debian ships Python without venv)
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
 * Returns the commands that may be a Python, in search order. A desktop session often lacks the terminal's PATH, so
 * the usual prefixes are included.
 * @param {Machine} machine
 * @returns {string[][]} each a command with its arguments
 */
export declare function pythonCandidates({ env, platform, home }: Machine): string[][];
/**
 * Asks one interpreter for its version and features.
 * @param {string[]} command
 * @param {number} timeoutMs
 * @returns {Promise<FoundPython | RejectedPython>}
 */
export declare function askPython(
  command: string[],
  timeoutMs?: number,
): Promise<FoundPython | RejectedPython>;
/**
 * Finds a Python ≥ 3.10 that can create an environment: the first that our packages have wheels for, otherwise a newer
 * one. If there is none, `found` is null and `rejected` lists what was tried.
 * @param {Machine & {needsVenv?: boolean}} machine  needsVenv: false if `uv` creates the environment
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
