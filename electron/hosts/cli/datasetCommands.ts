import type { Command } from "commander";
import type { AddCommand } from "./addCommand.ts";
import { addLimitOptions } from "./limitOptions.ts";
import { list, wholeNumber } from "./values.ts";

/** Adds the commands that lint, import, repair and generate datasets. */
export function addDatasetCommands(program: Command, command: AddCommand): void {
  const dataset = program
    .command("dataset")
    .description("Lint, describe, import, fix and generate datasets")
    .exitOverride();
  command(
    dataset,
    "lint <file...>",
    "List every rule violation in datasets (exit code 1 if there are errors or leaks)",
    async () => (await import("./commands/dataset.ts")).lint,
  ).option("--against <file...>", "Also report rows of these files that leak into the linted files");
  command(
    dataset,
    "stats <file>",
    "Show the number of rows, refusals, lengths and topics",
    async () => (await import("./commands/dataset.ts")).stats,
  );
  command(
    dataset,
    "diversity <file...>",
    "Show how varied descriptions and names are, for several files side by side",
    async () => (await import("./commands/diversity.ts")).diversity,
  );
  command(
    dataset,
    "diff <before> <after>",
    "Show added, removed and changed rows",
    async () => (await import("./commands/dataset.ts")).diff,
  );
  command(
    dataset,
    "import <file>",
    "Import a CSV file into the workspace as a dataset",
    async () => (await import("./commands/dataset.ts")).importFile,
  )
    .option("--as <name>", "Name of the new dataset, such as dataset_v2 (default: the next version)")
    .option("--map <columns>", "Column mapping, such as description=Text,suggestions=Names");
  command(
    dataset,
    "fix <file>",
    "Apply the safe repairs and change nothing else",
    async () => (await import("./commands/dataset.ts")).fix,
  );
  command(
    dataset,
    "export-spreadsheet <file>",
    "Write a copy for Excel: UTF-8 with BOM, formula cells converted to plain text",
    async () => (await import("./commands/dataset.ts")).spreadsheet,
  ).requiredOption("--out <file>", "CSV file to write (existing files are never overwritten)");
  command(
    dataset,
    "rotate-heldout",
    "Retire the held-out rows that decisions used to dev, and add new ones",
    async () => (await import("./commands/heldout.ts")).rotate,
  )
    .option("--rows <file>", "CSV file with new labeled rows (default: only the rows that no look has used)")
    .option("--dry-run", "Show what would change, and every problem (exit code 1), without writing");
  addGenerateCommand(dataset, command);
}

function addGenerateCommand(dataset: Command, command: AddCommand): void {
  const generate = command(
    dataset,
    "generate",
    "Generate a first dataset or a test set with the LLM endpoint",
    async () => (await import("./commands/dataset.ts")).generate,
  )
    .option("--rows <n>", "Total number of rows", wholeNumber, 100)
    .option("--refusals <n>", "Number of rows that the model must refuse", wholeNumber, 10)
    .option("--omit <topics>", "Comma-separated topics to omit", list)
    .option("--test-set", "Generate a labeled test set instead of a dataset")
    .option("--seed <n>", "Seed of the plan, the order and the endpoint", wholeNumber, 1);
  addLimitOptions(generate, "LLM");
}
