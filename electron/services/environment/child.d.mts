/**
 * Runs a command and passes on its output line by line, stdout and stderr together. A signal that ends this process
 * ends the child too, so that it doesn't keep writing. With an AbortSignal, a process that handles a signal itself
 * receives it once.
 * @param {string} file
 * @param {string[]} words
 * @param {{onLine?: (line: string) => void, onStart?: (pid: number) => void, env?: NodeJS.ProcessEnv, cwd?: string,
 *   signal?: AbortSignal | undefined}} [options]  the signal ends the command; the result comes when it has ended
 * @returns {Promise<{code: number, lines: string[]}>} code is 127 if it couldn't start and 128 if it was killed
 */
export declare function runLines(
  file: string,
  words: string[],
  {
    onLine,
    onStart,
    env,
    cwd,
    signal,
  }?: {
    onLine?: (line: string) => void;
    onStart?: (pid: number) => void;
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    signal?: AbortSignal | undefined;
  },
): Promise<{
  code: number;
  lines: string[];
}>;
