import { execFile } from "node:child_process";
import type { z } from "zod";

export interface ChildQuestion<Answer> {
  readonly file: string;
  readonly words: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The schema of its answer, which is the last line of its standard output, as JSON. */
  readonly schema: z.ZodType<Answer>;
}

/**
 * Runs a child process that prints one line of JSON and ends. The libraries that it loads may crash, hang or take
 * seconds, which a child process isolates.
 *
 * @throws Error with the child's error message when it failed, or when its answer is invalid
 */
export function askChild<Answer>(question: ChildQuestion<Answer>, signal: AbortSignal): Promise<Answer> {
  const { file, words, schema, env, cwd } = question;
  const options = {
    signal,
    windowsHide: true,
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
  };
  return new Promise((resolve, reject) => {
    execFile(file, words, options, (error, stdout, stderr) => {
      if (error !== null) return reject(new Error(lastWords(stderr) || error.message));
      try {
        const line = stdout.trimEnd().split("\n").at(-1) ?? "";
        resolve(schema.parse(JSON.parse(line)));
      } catch {
        reject(new Error(`the reply is not valid: ${JSON.stringify(stdout.slice(-200))}`));
      }
    });
  });
}

/** Returns the line that explains the error: the end of a Python traceback, or the message of a Node error. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("at ") && !/^Node\.js v/.test(line));
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
}
