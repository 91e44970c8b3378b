import type { Command } from "commander";
import type { AddCommand } from "./addCommand.ts";
import { wholeNumber } from "./values.ts";

/** Adds the commands that manage runs. */
export function addRunCommands(program: Command, command: AddCommand): void {
  const runs = program
    .command("runs")
    .description("Manage training runs, evaluations and other long jobs")
    .exitOverride();
  command(runs, "list", "List all runs, newest first", async () => (await import("./commands/runs.ts")).list);
  command(
    runs,
    "show <id>",
    "Show the status, spec and result of a run",
    async () => (await import("./commands/runs.ts")).show,
  );
  command(
    runs,
    "watch <id>",
    "Follow a run (with --json: print its events as JSON Lines)",
    async () => (await import("./commands/runs.ts")).watch,
  )
    .option("--events", "Print events as JSON Lines")
    .option("--from <seq>", "Start at this sequence number", wholeNumber, 0);
  command(
    runs,
    "cancel <id>",
    "Stop a run so that it can be resumed",
    async () => (await import("./commands/runs.ts")).cancel,
  );
  command(
    runs,
    "pause <id>",
    "Pause an evaluation, or stop a training at a checkpoint",
    async () => (await import("./commands/runs.ts")).pause,
  );
  command(
    runs,
    "resume <id>",
    "Resume a run where it stopped",
    async () => (await import("./commands/runs.ts")).resume,
  );
  command(
    runs,
    "remove <id>",
    "Delete the folder of a run that ended",
    async () => (await import("./commands/runs.ts")).remove,
  );
  command(
    runs,
    "log <id>",
    "Show the end of a run's log",
    async () => (await import("./commands/runs.ts")).log,
  ).option("--bytes <n>", "Number of bytes to show", wholeNumber, 65_536);
  command(
    runs,
    "artifacts <id>",
    "List the files in a run's folder",
    async () => (await import("./commands/runs.ts")).artifacts,
  );
}
