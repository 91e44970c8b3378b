// The command behind `npm run rehearsal`. Prints each stage as it ends, and the table on standard output. Exits with 1 if
// a stage failed or a memory promise was off by more than 15 %, 2 for wrong usage, 130 after Ctrl-C.
import { mkdirSync } from "node:fs";
import { constants } from "node:os";
import { say } from "../lib/report.mjs";
import { readOptions, UsageError, usage } from "./options.mjs";
import { rehearse } from "./rehearse.mjs";
import { isSuccess, stageTable } from "./report.mjs";

async function main(words) {
  if (words.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const options = readOptions(words);
  mkdirSync(options.folder, { recursive: true });
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(name, () => ending.abort(128 + constants.signals[name]));
  try {
    const stages = await rehearse({
      ...options,
      node: process.execPath,
      python: process.env.NAMEWRIGHT_REHEARSAL_PYTHON,
      signal: ending.signal,
      log: (text) => process.stderr.write(text),
      onStage: ({ name, outcome, seconds }) =>
        say(`── ${name}: ${outcome}${seconds === null ? "" : ` (${Math.round(seconds)} s)`}`),
    });
    process.stdout.write(`${stageTable(stages)}\n`);
    return isSuccess(stages) ? 0 : 1;
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    say("rehearsal: stopped; its folder is removed");
    return ending.signal.reason;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  say(
    error instanceof UsageError ? `rehearsal: ${error.message}\n\n${usage}` : `rehearsal: ${error.message}`,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
