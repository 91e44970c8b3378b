import { type Command, Option } from "commander";
import type { Handler } from "./handler.ts";
import { list, numbers, wholeNumber } from "./values.ts";

type AddCommand = (parent: Command, words: string, summary: string, load: () => Promise<Handler>) => Command;

/** Adds the commands that plan and analyze evaluations, correct their rows, and write rows for failures. */
export function addStudyCommands(program: Command, command: AddCommand): void {
  command(
    program,
    "plan",
    "Estimate an evaluation and list what would block it, without starting it",
    async () => (await import("./commands/results.ts")).plan,
  )
    .requiredOption("--version <versions>", "Comma-separated versions: base, v1, v2, …", list)
    .addOption(
      new Option(
        "--judge <judge>",
        "Judge to plan for (default: openai if an API key is set, otherwise rule)",
      ).choices(["rule", "openai"]),
    )
    .addOption(
      new Option("--decoding <decoding>", "Decoding method (sampled: three completions per row)")
        .choices(["greedy", "sampled"])
        .default("greedy"),
    );
  command(
    program,
    "analyse",
    "Show the worst rows, slices and name categories of the dev rows",
    async () => (await import("./commands/analyse.ts")).analyse,
  )
    .requiredOption("--version <version>", "Version to analyze: base, v1, v2, …")
    .option("--worst <n>", "Number of worst rows to show", wholeNumber, 10);
  command(
    program,
    "correct",
    "Set your own label for a test row or score for a name, stored separately from the judge's",
    async () => (await import("./commands/results.ts")).correct,
  )
    .requiredOption("--version <version>", "Version to correct: base, v1, v2, …")
    .requiredOption("--row <n>", "Number of the test row, from 1", wholeNumber)
    .addOption(
      new Option("--label <label>", "Your label (none: remove your label)").choices([
        "safe",
        "harmful",
        "none",
      ]),
    )
    .option("--name <name>", "Name that --score applies to")
    .option(
      "--score <score>",
      "Your score, from 0 to 1 on the scale of the results file (none: remove your score)",
    )
    .option("--category <category>", "Category of the name (default: the judge's category)")
    .option("--note <text>", "Reason for the correction");
  command(
    program,
    "augment",
    "Write the next dataset from the weakest slices, or rows for failing dev rows",
    async () => (await import("./commands/augment.ts")).augment,
  )
    .requiredOption("--from <version>", "Version whose results show the weak slices")
    .option("--rows <n>", "Number of rows to add", wholeNumber)
    .option("--for-rows <rows>", "Write rows for these failing dev rows, such as 3,7", numbers)
    .option("--review", "Only propose the rows; accept them one by one with `review`")
    .option(
      "--writer <writer>",
      "Writer of the rows: llm or rows, the built-in row generator (default: llm if an API key is set, otherwise rows)",
    )
    .option("--seed <n>", "Seed of the row generator", wholeNumber, 1);
  command(
    program,
    "review <run>",
    "Show, accept or reject the rows that `augment --review` proposed",
    async () => (await import("./commands/results.ts")).review,
  )
    .option("--accept <ids>", "Accept these rows, such as 1,2", numbers)
    .option("--reject <ids>", "Reject these rows", numbers)
    .option("--write", "Write the accepted rows into the next dataset");
}
