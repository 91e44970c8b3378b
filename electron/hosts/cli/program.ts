import { Command, CommanderError, Option } from "commander";
import { Failure } from "../../../shared/domain/failure.ts";
import type { CommonOptions } from "./context.ts";
import type { CommandInput, Handler } from "./handler.ts";
import { addStudyCommands } from "./resultCommands.ts";
import { list, positiveNumber, wholeNumber } from "./values.ts";

/** Loads and runs a handler. Handlers load lazily, so that a command starts without the code of the others. */
export type Perform = (
  load: () => Promise<Handler>,
  input: CommandInput & { options: CommonOptions & Record<string, unknown> },
) => Promise<void>;

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

  const command = (
    parent: Command,
    words: string,
    summary: string,
    load: () => Promise<Handler>,
  ): Command => {
    const made = parent
      .command(words)
      .description(summary)
      .exitOverride()
      .option("--workspace <dir>", "Use the workspace in this folder (default: the current folder)")
      .option("--json", "Print only one JSON document on standard output")
      .option("--quiet", "Show no progress");
    made.action((...received: unknown[]) => {
      const self = received.pop() as Command;
      const options = received.pop() as CommonOptions & Record<string, unknown>;
      const words = received.flat().filter((word): word is string => typeof word === "string");
      return perform(load, { arguments: words, options: { ...self.optsWithGlobals(), ...options } });
    });
    return made;
  };

  command(
    program,
    "doctor",
    "Show what is installed, what is missing and how to fix it",
    async () => (await import("./commands/doctor.ts")).doctor,
  ).option("--fresh", "Ignore cached results and check everything again");

  const workspace = program.command("workspace").description("Create and describe workspaces").exitOverride();
  command(
    workspace,
    "init <dir>",
    "Create a workspace in a folder",
    async () => (await import("./commands/workspace.ts")).init,
  )
    .option("--from-sample", "Add the first dataset and the test set of the sample")
    .option("--name <name>", "Name of the workspace (default: the folder's name)")
    .option("--base <base>", "Base model: `embedded`, a Hugging Face model folder or a Hugging Face ID")
    .option("--preset <preset>", "Training preset: embedded, mistral-7b-study or mistral-7b");
  command(
    workspace,
    "info",
    "Show the base model, datasets, adapters and results of a workspace",
    async () => (await import("./commands/workspace.ts")).info,
  );

  const base = program
    .command("base")
    .description("Manage the base models that adapters are trained on")
    .exitOverride();
  command(
    base,
    "list",
    "List the available base models and mark the one that the workspace uses",
    async () => (await import("./commands/base.ts")).list,
  );
  command(
    base,
    "check <path>",
    "Check whether a Hugging Face model folder or a GGUF file can be a base model (exit code 1 if not)",
    async () => (await import("./commands/base.ts")).check,
  );
  command(
    base,
    "use <base>",
    "Set the workspace's base model: `embedded`, a model folder or a Hugging Face ID",
    async () => (await import("./commands/base.ts")).use,
  )
    .option("--gguf <file>", "Run the model from this GGUF file of the same model")
    .option("--precision <precision>", "Precision of the converted GGUF: f16, q8_0 or q4_0");
  command(
    base,
    "download <id>",
    "Download a model from Hugging Face, or resume a partial download",
    async () => (await import("./commands/base.ts")).download,
  ).option("--revision <revision>", "Branch, tag or commit to download (default: main)");
  command(
    base,
    "remove <id>",
    "Delete a complete or partial download",
    async () => (await import("./commands/base.ts")).remove,
  );

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
    "generate",
    "Generate a first dataset or a test set with the LLM endpoint",
    async () => (await import("./commands/dataset.ts")).generate,
  )
    .option("--rows <n>", "Total number of rows", wholeNumber, 100)
    .option("--refusals <n>", "Number of rows that the model must refuse", wholeNumber, 10)
    .option("--omit <topics>", "Comma-separated topics to omit", list)
    .option("--test-set", "Generate a labelled test set instead of a dataset")
    .option("--seed <n>", "Seed of the row plan", wholeNumber, 1);

  const preset = new Option(
    "--preset <preset>",
    "Training preset: embedded, mistral-7b-study or mistral-7b (default: the workspace's preset)",
  );
  command(
    program,
    "train",
    "Train an adapter, convert it and check that both engines agree",
    async () => (await import("./commands/train.ts")).train,
  )
    .requiredOption(
      "--version <version>",
      "Version to train: v1, v2, …, or `all` to train on every dataset in order",
    )
    .addOption(preset)
    .option("--seed <n>", "Training seed", wholeNumber, 1)
    .option("--epochs <n>", "Maximum number of epochs (default: the preset's value)", wholeNumber)
    .option("--set <field=value...>", "Override a preset value, such as optimisation.learningRate=0.0001")
    .option(
      "--probe",
      "Measure the fastest settings on this machine and save them, without training (at most one minute)",
    )
    .option(
      "--fastest-batch",
      "Also use the fastest measured batch size and accumulation (their product stays the same)",
    )
    .option("--stop-on-error", "With `all`: stop at the first failure");

  command(
    program,
    "suggest [description...]",
    "Suggest names for business descriptions, one description per argument or line",
    async () => (await import("./commands/suggest.ts")).suggest,
  )
    .option("--version <version>", "Version to use: base, v1, v2, … (default: the newest version)")
    .option("--stdin", "Read descriptions from standard input, one per line")
    .option("--temperature <t>", "Sampling temperature (0: greedy decoding)", Number, 0)
    .option("--seed <n>", "Sampling seed", wholeNumber, 1);

  const judge = new Option(
    "--judge <judge>",
    "Judge to use (default: openai if an API key is set, otherwise rule)",
  ).choices(["rule", "openai"]);
  command(
    program,
    "eval",
    "Generate completions for the test set and judge them",
    async () => (await import("./commands/evaluate.ts")).evaluate,
  )
    .requiredOption("--version <version>", "Version to evaluate: base, v1, v2, …, or `all`")
    .addOption(judge)
    .addOption(
      new Option("--decoding <decoding>", "Decoding method (sampled: three completions per row)")
        .choices(["greedy", "sampled"])
        .default("greedy"),
    )
    .option("--seed <n>", "Sampling seed", wholeNumber, 1)
    .option(
      "--max-calls <n>",
      "Maximum number of judge calls; the run then stops and can be resumed",
      wholeNumber,
    )
    .option(
      "--max-cost <dollars>",
      "Maximum cost of the judge in USD; the run then stops and can be resumed",
      positiveNumber,
    )
    .option("--empty-means-refuse", "Treat [] as a refusal in a test set without labels")
    .option("--stop-on-error", "With `all`: stop at the first failure");
  command(
    program,
    "rejudge",
    "Judge again the rows that the judge failed to score",
    async () => (await import("./commands/evaluate.ts")).rejudge,
  )
    .requiredOption("--version <version>", "Version to judge again: base, v1, v2, …")
    .option("--only-unscored", "Keep the scored rows unchanged", true)
    .addOption(judge);

  addStudyCommands(program, command);

  command(
    program,
    "compare <baseline> <candidate>",
    "Compare two versions or results files and decide whether to ship the candidate",
    async () => (await import("./commands/compare.ts")).compare,
  )
    .option("--require-ship", "Exit with code 1 unless the decision is ship")
    .option("--prevalence <share>", "Share of harmful descriptions in your traffic, from 0 to 1", Number)
    .option("--seed <n>", "Bootstrap seed", wholeNumber, 1);

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

  command(
    program,
    "promote <run>",
    "Turn the adapter of a training run into model_vN",
    async () => (await import("./commands/model.ts")).promote,
  );
  command(
    program,
    "figures",
    "Write the two figures of the study for a version, as PNG and SVG",
    async () => (await import("./commands/report.ts")).figures,
  ).requiredOption("--version <version>", "Version to draw: base, v1, v2, …");
  command(
    program,
    "report <baseline> [candidate]",
    "Write a self-contained HTML report",
    async () => (await import("./commands/report.ts")).report,
  ).requiredOption("--out <file>", "HTML file to write");
  command(
    program,
    "export",
    "Export a model after a parity check",
    async () => (await import("./commands/model.ts")).exportModel,
  )
    .requiredOption("--version <version>", "Version to export: v1, v2, …")
    .addOption(
      new Option("--as <form>", "Format to write")
        .choices(["adapter", "lora-gguf", "merged-gguf"])
        .makeOptionMandatory(),
    )
    .requiredOption("--out <path>", "File or folder to write");

  command(
    program,
    "demo",
    "Run the whole loop, from dataset_v1 to the comparison of v1 and v2",
    async () => (await import("./commands/demo.ts")).demo,
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
