import type { Command } from "commander";
import type { AddCommand } from "./addCommand.ts";
import { list, wholeNumber } from "./values.ts";

/** Adds the commands that show and try prompts. */
export function addPromptCommands(program: Command, command: AddCommand): void {
  const prompt = program
    .command("prompt")
    .description("List, show and try the prompts of the workspace")
    .exitOverride();
  command(
    prompt,
    "list",
    "List the built-in prompts and those in the workspace's prompts folder",
    async () => (await import("./commands/prompt.ts")).list,
  );
  command(
    prompt,
    "show <name>",
    "Print a prompt's text",
    async () => (await import("./commands/prompt.ts")).show,
  );
  command(
    prompt,
    "try <description...>",
    "Answer up to five descriptions under one prompt, or under two to compare them",
    async () => (await import("./commands/prompt.ts")).tryPrompts,
  )
    .option(
      "--prompt <names>",
      "One or two comma-separated prompts (default: the version's usual prompt)",
      list,
    )
    .option("--version <version>", "Version to ask: base, prompted, v1, v2, …", "base")
    .option("--seed <n>", "Seed that chooses the examples", wholeNumber, 1);
}
