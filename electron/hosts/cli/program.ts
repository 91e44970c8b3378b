import { Command, CommanderError, Option } from "commander";
import { Failure } from "../../../shared/domain/failure.ts";
import { commandAdder, type Perform } from "./addCommand.ts";
import { addDatasetCommands } from "./datasetCommands.ts";
import { addOutputCommands, addSuggestCommand, addTrainingCommands } from "./modelCommands.ts";
import { addPromptCommands } from "./promptCommands.ts";
import {
  addAnalysisCommands,
  addAugmentationCommands,
  addComparisonCommands,
  addEvaluationCommands,
  addPlanCommands,
} from "./resultCommands.ts";
import { addRunCommands } from "./runCommands.ts";
import { wholeNumber } from "./values.ts";
import { addBaseCommands, addWorkspaceCommands } from "./workspaceCommands.ts";

const examples = `
Examples
  namewright demo                                run the whole loop in a new workspace
  namewright workspace init shop --from-sample   create a workspace with the sample data
  namewright dataset lint data/dataset_v1.csv --against data/test_set.csv
  namewright train --version v1 && namewright eval --version v1
  namewright augment --from v1 && namewright train --version v2 && namewright eval --version v2
  namewright compare v1 v2

Exit codes
  0    done
  1    the check failed
  2    incorrect usage
  3    a file or value is invalid
  4    something required is missing
  5    a service refused
  130  cancelled
  70   a defect in Namewright`;

/** Builds the commands of the terminal. Each accepts --workspace, --json and --quiet. */
export function buildProgram(perform: Perform, version: string): Command {
  const program = new Command("namewright")
    .description(
      "Fine-tune a small language model to name businesses, and find out whether the next version is better.",
    )
    .version(version, "-V, --version", "Show the version")
    .helpOption("-h, --help", "Show this help")
    .helpCommand("help [command]", "Show help for a command")
    .showSuggestionAfterError()
    .showHelpAfterError("(add --help to list commands and options)")
    // In `train --version v1`, --version is an option of the subcommand, not a request for the program's version.
    .enablePositionalOptions()
    .addHelpText("after", examples)
    .exitOverride();

  const command = commandAdder(perform);
  // In the order of the help.
  for (const add of [
    addWorkspaceCommands,
    addBaseCommands,
    addDatasetCommands,
    addPromptCommands,
    addTrainingCommands,
    addSuggestCommand,
    addEvaluationCommands,
    addPlanCommands,
    addAnalysisCommands,
    addAugmentationCommands,
    addComparisonCommands,
    addRunCommands,
    addOutputCommands,
  ])
    add(program, command);
  command(
    program,
    "demo",
    "Run the whole loop, from dataset_v1 to the comparison of v1 and v2",
    async () => (await import("./commands/demo.ts")).demo,
  )
    .addOption(
      new Option(
        "--base <base>",
        "Base model: smollm2, or tiny for a quick run (default: smollm2 where it is available)",
      ).choices(["smollm2", "tiny"]),
    )
    .option("--seed <n>", "Seed of both trainings", wholeNumber, 1)
    .option("--dir <dir>", "Workspace folder of the demo (default: .demo in the program's folder)");
  command(
    program,
    "schema [command...]",
    "Print the JSON Schema of a command's --json output",
    async () => (await import("./commands/schema.ts")).schema,
  );
  return program;
}

/** Returns the failure that an error of commander means, or null if commander only printed help or the version. */
export function usageFailure(error: unknown): Failure | null {
  if (!(error instanceof CommanderError)) return null;
  const asked = ["commander.helpDisplayed", "commander.help", "commander.version"];
  if (asked.includes(error.code) && error.exitCode === 0) return null;
  return new Failure("usage", error.message.replace(/^error: /, ""), {
    hint: "Add --help to see the usage.",
  });
}
