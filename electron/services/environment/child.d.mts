/**
 * Runs a command and hands over its output line by line, stdout and stderr together. A signal that ends us ends the
 * child too, so that nobody goes on writing after we are gone.
 * @param {string} file
 * @param {string[]} words
 * @param {{onLine?: (line: string) => void, onStart?: (pid: number) => void, env?: NodeJS.ProcessEnv, cwd?: string}} [options]
 * @returns {Promise<{code: number, lines: string[]}>} code 127 where it could not be started; a killed child is 128
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
 * Until the returned function is called, a signal to us is passed to the child, and then ends us as it would have.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void}
 */
export declare function passSignals(child: import("node:child_process").ChildProcess): () => void;
