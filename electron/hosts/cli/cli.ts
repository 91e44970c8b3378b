import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { CommanderError } from "commander";
import { Failure } from "../../../shared/domain/failure.ts";
import { exitCodeOf } from "../../../shared/schema/failure.ts";
import { borderFailure } from "../../router/borderFailure.ts";
import { userDataFolder } from "../../services/environment/folders.mjs";
import { packageRoot } from "../node/nodePlatform.ts";
import type { Perform } from "./addCommand.ts";
import { CommandContext } from "./context.ts";
import { reportFailure, written } from "./output.ts";
import { buildProgram, usageFailure } from "./program.ts";

const logFile = path.join(
  userDataFolder({ env: process.env, platform: process.platform, home: homedir() }),
  "logs",
  "terminal.log",
);

function logDefect(error: unknown): void {
  if (error instanceof Failure) return;
  try {
    mkdirSync(path.dirname(logFile), { recursive: true });
    const stack = error instanceof Error ? error.stack : String(error);
    appendFileSync(logFile, `${new Date().toISOString()} ${stack}\n`);
  } catch {
    // The defect is reported next. A log that can't be written must not hide it.
  }
}

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageRoot(), "package.json"), "utf8"));
  return (manifest as { version: string }).version;
}

/** Runs one command line and returns its exit code. Never throws. */
export async function runCli(words: readonly string[]): Promise<number> {
  const json = words.includes("--json");
  let exitCode = 0;
  const stopping = new AbortController();

  const perform: Perform = async (load, input) => {
    const context = new CommandContext(input.options, stopping.signal);
    let interrupts = 0;
    const onInterrupt = () => {
      interrupts += 1;
      if (interrupts > 1) process.exit(exitCodeOf.cancelled);
      context.progress.note("stopping; press Ctrl-C again to exit immediately");
      stopping.abort(new Failure("cancelled", "cancelled with Ctrl-C"));
    };
    process.on("SIGINT", onInterrupt);
    process.on("SIGTERM", onInterrupt);
    try {
      const handler = await load();
      exitCode = await handler(context, input);
    } finally {
      await context.close();
      context.progress.end();
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onInterrupt);
    }
  };

  try {
    const program = buildProgram(perform, ownVersion());
    const configure = (command: typeof program) => {
      // With --json, the error is a document on standard output. Commander's message would only repeat it.
      command.configureOutput({ writeErr: (text) => void (json || process.stderr.write(written(text))) });
      command.commands.forEach(configure);
    };
    configure(program);
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (thrown) {
    const error = borderFailure(thrown);
    const usage = usageFailure(error);
    if (usage === null && error instanceof CommanderError) return 0;
    logDefect(usage ?? error);
    if (usage !== null && !json) return exitCodeOf.usage; // Commander already printed the error.
    return reportFailure(usage ?? error, json, logFile);
  }
}
