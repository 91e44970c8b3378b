/**
 * Runs a command and passes on its output line by line, stdout and stderr together. A signal that ends this process
 * ends the child too, so that it doesn't keep writing.
 * @param {string} file
 * @param {string[]} words
 * @param {{onLine?: (line: string) => void, onStart?: (pid: number) => void, env?: NodeJS.ProcessEnv, cwd?: string}} [options]
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
  }?: {
    onLine?: (line: string) => void;
    onStart?: (pid: number) => void;
    env?: NodeJS.ProcessEnv;
    cwd?: string;
  },
): Promise<{
  code: number;
  lines: string[];
}>;
/**
 * Passes signals to the child before they end this process, until the returned function is called.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void}
 */
export declare function passSignals(child: import("node:child_process").ChildProcess): () => void;
