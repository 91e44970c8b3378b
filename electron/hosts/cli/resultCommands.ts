import { type Command, Option } from "commander";
import type { AddCommand } from "./addCommand.ts";
import { costsIn, shareIn } from "./costs.ts";
import { decodingOption } from "./decodingOption.ts";
import { grammarOption } from "./grammarOption.ts";
import { addLimitOptions } from "./limitOptions.ts";
import { list, numbers, wholeNumber } from "./values.ts";

/** Adds the commands that evaluate a version and judge its rows again. */
export function addEvaluationCommands(program: Command, command: AddCommand): void {
  const judge = new Option(
    "--judge <judge>",
    "Judge to use (default: openai if an API key is set, otherwise rule)",
  ).choices(["rule", "openai"]);
  const evaluate = command(
    program,
    "eval",
    "Generate completions for the test set and judge them",
    async () => (await import("./commands/evaluate.ts")).evaluate,
  )
    .requiredOption(
      "--version <version>",
      "Version to evaluate: base, prompted, v1, v2, … (all its seeds), or `all`",
    )
    .option("--prompt <name>", "Prompt to use (default: the one that the version was trained with)")
    .addOption(judge)
    .addOption(decodingOption())
    .addOption(grammarOption())
    .option("--seed <n>", "Sampling seed", wholeNumber, 1)
    .option(
      "--threshold <threshold>",
      "Refusal threshold from 0 to 1, none, or chosen, which requires an operating point (default: the version's own, or else the workspace's)",
    )
    .option("--anyway", "Evaluate an adapter although it was trained with another prompt (recorded)")
    .option("--empty-means-refuse", "Treat [] as a refusal in a test set without labels")
    .option("--heldout-only", "Evaluate only the held-out rows, which are used for the decision")
    .option("--stop-on-error", "With `all`: stop at the first failure");
  addLimitOptions(evaluate, "judge");
  command(
    program,
    "rejudge",
    "Judge again the rows that the judge failed to score",
    async () => (await import("./commands/evaluate.ts")).rejudge,
  )
    .requiredOption("--version <version>", "Version to judge again: base, prompted, v1, v2, …")
    .option("--only-unscored", "Keep the scored rows unchanged", true)
    .addOption(judge);
}

/** Adds the commands that plan an evaluation and a test set. */
export function addPlanCommands(program: Command, command: AddCommand): void {
  const plan = command(
    program,
    "plan",
    "Estimate an evaluation and list what would block it, without starting it",
    async () => (await import("./commands/results.ts")).plan,
  )
    // Required, but not by commander, which would require it of `plan test-set` too.
    .option("--version <versions>", "Comma-separated versions (required): base, prompted, v1, v2, …", list)
    .addOption(
      new Option(
        "--judge <judge>",
        "Judge to plan for (default: openai if an API key is set, otherwise rule)",
      ).choices(["rule", "openai"]),
    )
    .addOption(decodingOption());
  command(
    plan,
    "test-set",
    "Show how many held-out rows a decision needs, and what the present ones can show",
    async () => (await import("./commands/heldout.ts")).planTestSet,
  )
    .option("--margin <share>", "Change that a guard must rule out, from 0 to 1", Number, 0.05)
    .option(
      "--discordant <share>",
      "Share of rows on which two versions differ in being right (default: as in the dev results, else 0.12)",
      Number,
    )
    .option("--power <share>", "Chance of showing what is true, from 0.5 to 0.99", Number, 0.8)
    .option("--looks <n>", "Number of decisions (default: the look budget)", wholeNumber);
}

/** Adds the commands that analyze evaluations and correct their rows. */
export function addAnalysisCommands(program: Command, command: AddCommand): void {
  command(
    program,
    "analyse",
    "Show the worst rows, slices and name categories of the dev rows",
    async () => (await import("./commands/analyse.ts")).analyse,
  )
    .requiredOption("--version <version>", "Version to analyze: base, prompted, v1, v2, …")
    .option("--worst <n>", "Number of worst rows to show", wholeNumber, 10);
  command(
    program,
    "correct",
    "Set your own label for a test row or score for a name, stored separately from the judge's",
    async () => (await import("./commands/results.ts")).correct,
  )
    .requiredOption("--version <version>", "Version to correct: base, prompted, v1, v2, …")
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
}

/** Adds the commands that write rows for failures. */
export function addAugmentationCommands(program: Command, command: AddCommand): void {
  const augment = command(
    program,
    "augment",
    "Write the next dataset from the weakest slices, or rows for failing dev rows",
    async () => (await import("./commands/augment.ts")).augment,
  )
    .requiredOption("--from <version>", "Version whose results show the weak rows")
    .option("--rows <n>", "Number of rows to add", wholeNumber)
    .option("--for-rows <rows>", "Write rows for these failing dev rows, such as 3,7", numbers)
    .option(
      "--omit <topics>",
      "Comma-separated topics to omit, or none (default: those that the dataset was written without)",
      list,
    )
    .option("--review", "Only propose the rows; accept them one by one with `review`")
    .option(
      "--writer <writer>",
      "Source of the rows: llm, or pool, the rows in data/row_pool.csv (default: llm if an API key is set, otherwise pool)",
    )
    .option(
      "--seed <n>",
      "Seed of the draw from the pool, or of the LLM's plan, examples and order",
      wholeNumber,
      1,
    );
  addLimitOptions(augment, "LLM");
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

/** Adds `operating-point`, `compare` and `study`. */
export function addComparisonCommands(program: Command, command: AddCommand): void {
  command(
    program,
    "operating-point [versions...]",
    "Choose the refusal threshold of least expected cost on the dev rows",
    async () => (await import("./commands/operatingPoint.ts")).operatingPoint,
  )
    .option(
      "--costs <costs>",
      "Cost of a missed harmful row and of a false refusal (default: the workspace's)",
      costsIn,
    )
    .option(
      "--harmful-share <share>",
      "Share of harmful descriptions in your traffic, from 0 to 1 (default: the workspace's, or that of the dev rows)",
      shareIn,
    )
    .option("--apply", "Write the threshold into namewright.json as the version's own")
    .addHelpText("after", "\nversions: v1, v2, … (default: the newest version)");
  command(
    program,
    "compare <baseline> <candidate>",
    "Compare two versions or results files, averaged over their seeds, and decide whether to ship the candidate",
    async () => (await import("./commands/compare.ts")).compare,
  )
    .option("--require-ship", "Exit with code 1 unless the decision is ship")
    .option(
      "--margins <list>",
      "How much worse missedHarmful, falseRefusal, wellFormed or quality may get, such as missedHarmful=0.03",
    )
    .option(
      "--limits <list>",
      "Limits of the candidate's own missedHarmful, falseRefusal, wellFormed or cost, such as missedHarmful=0.2,cost=1.5; none removes a limit",
    )
    .option(
      "--costs <list>",
      "Cost of an error, such as missedHarmful=5,falseRefusal=1. Omitted names keep the workspace's value",
    )
    .option("--looks <n>", "Number of decisions that the held-out rows are for", wholeNumber)
    .option("--prevalence <share>", "Share of harmful descriptions in your traffic, from 0 to 1", Number)
    .option("--seed <n>", "Bootstrap seed", wholeNumber, 1);
  command(
    program,
    "study [files...]",
    "Re-read the published study that Namewright grew from, or compute it from its two results files",
    async () => (await import("./commands/study.ts")).study,
  ).addHelpText(
    "after",
    "\nfiles: the results of v1 and of v2, in this order. Without them, stored figures are shown.",
  );
}
