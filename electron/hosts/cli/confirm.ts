import { createInterface } from "node:readline/promises";
import { Failure } from "../../../shared/domain/failure.ts";
import type { CommandContext } from "./context.ts";

/**
 * Asks on a terminal whether to do something. Where nobody can answer, in a script and with `--json`, warns even if quiet.
 * @throws Failure `cancelled` unless the answer is yes
 */
export async function confirm(context: CommandContext, what: string, question: string): Promise<void> {
  if (context.json || !process.stdin.isTTY || !process.stderr.isTTY) {
    context.progress.warn(what);
    return;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${what} ${question} [y/N] `, { signal: context.signal });
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    terminal.close();
  }
  throw new Failure("cancelled", "nothing was started", { hint: "Answer y to start." });
}
