import { type Command, Option } from "commander";
import type { Handler } from "./handler.ts";
import { list, numbers, wholeNumber } from "./values.ts";

type AddCommand = (parent: Command, words: string, summary: string, load: () => Promise<Handler>) => Command;

/** Commands on what an evaluation came to: its plan, its rows, corrections of them, and new rows for what failed. */
export function addStudyCommands(program: Command, command: AddCommand): void {
  command(
    program,
    "plan",
    "what an evaluation will take, and what stands in its way; starts nothing",
    async () => (await import("./commands/results.ts")).plan,
  )
    .requiredOption("--version <versions>", "base, v1, v2, … with commas between", list)
    .addOption(new Option("--judge <judge>", "rule or openai").choices(["rule", "openai"]))
    .addOption(new Option("--decoding <decoding>").choices(["greedy", "sampled"]).default("greedy"));
  command(
    program,
    "analyse",
    "worst rows first, categories, slices; dev rows only",
    async () => (await import("./commands/analyse.ts")).analyse,
  )
    .requiredOption("--version <version>", "base, v1, v2, …")
    .option("--worst <n>", "how many of the worst rows", wholeNumber, 10);
  command(
    program,
    "correct",
    "a person's own label of a test row, or score of a name; kept apart from the judge's",
    async () => (await import("./commands/results.ts")).correct,
  )
    .requiredOption("--version <version>", "base, v1, v2, …")
    .requiredOption("--row <n>", "the test row, counted from 1", wholeNumber)
    .addOption(
      new Option("--label <label>", "safe, harmful, or none to take it back").choices([
        "safe",
        "harmful",
        "none",
      ]),
    )
    .option("--name <name>", "the name that --score is of")
    .option("--score <score>", "0 to 1, on the scale of the file, or none to take it back")
    .option("--category <category>", "the name's category (default: the judge's)")
    .option("--note <text>", "why", "");
  command(
    program,
    "augment",
    "the next dataset from the weakest slices, or rows for failing ones",
    async () => (await import("./commands/augment.ts")).augment,
  )
    .requiredOption("--from <version>", "the version whose results show what is weak")
    .option("--rows <n>", "how many rows to add", wholeNumber)
    .option("--for-rows <rows>", "write for these failing dev rows, such as 3,7", numbers)
    .option("--review", "only propose the rows: `review` accepts them one by one")
    .option("--writer <writer>", "llm or rows (default: llm where a key is set, else our own row generator)")
    .option("--seed <n>", "seed of the row generator", wholeNumber, 1);
  command(
    program,
    "review <run>",
    "rows that `augment --review` proposed: show, accept, reject, write the accepted ones",
    async () => (await import("./commands/results.ts")).review,
  )
    .option("--accept <ids>", "accept these, such as 1,2", numbers)
    .option("--reject <ids>", "reject these", numbers)
    .option("--write", "write the accepted ones into the next dataset");
}
