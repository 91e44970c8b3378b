import { execFile } from "node:child_process";
import type { z } from "zod";

export interface ChildQuestion<Answer> {
  readonly file: string;
  readonly words: readonly string[];
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The shape of its answer: the last line of JSON on its standard output. */
  readonly schema: z.ZodType<Answer>;
}

/**
 * Asks a child process one question: it answers with a line of JSON and ends. In a child, because the libraries asked
 * about may crash, hang or take seconds to load.
 *
 * @throws Error with the child's last words where it failed, and where its answer has another shape
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

/** The last line that says what went wrong: of a Python traceback its end, of a Node error its message. */
function lastWords(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("at ") && !/^Node\.js v/.test(line));
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
}
