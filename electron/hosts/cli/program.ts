import { Command, CommanderError, Option } from "commander";
import { Failure } from "../../../shared/domain/failure.ts";
import type { CommonOptions } from "./context.ts";
import type { CommandInput, Handler } from "./handler.ts";
import { addStudyCommands } from "./resultCommands.ts";
import { list, positiveNumber, wholeNumber } from "./values.ts";

/** Runs a handler loaded only now: a command pays for its own domain alone. */
export type Perform = (
  load: () => Promise<Handler>,
  input: CommandInput & { options: CommonOptions & Record<string, unknown> },
) => Promise<void>;

const examples = `
Examples
  namewright demo                                the whole loop, in a workspace of its own
  namewright workspace init shop --from-sample   a workspace with the sample's data
  namewright dataset lint data/dataset_v1.csv --against data/test_set.csv
  namewright train --version v1 && namewright eval --version v1
  namewright augment --from v1 && namewright train --version v2 && namewright eval --version v2
  namewright compare v1 v2

Exit codes
  0 done   1 the thing asked about is not so   2 wrong use   3 a file or value is bad
  4 something needed is missing   5 a service refused   130 cancelled   70 our own defect`;

/** The terminal's commands. Every one takes --workspace, --json and --quiet. */
export function buildProgram(perform: Perform, version: string): Command {
  const program = new Command("namewright")
    .description(
      "Fine-tune a small language model to name businesses, and know whether the next version is really better.",
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError("(add --help for what there is)")
    // `train --version v1` is the subcommand's option, not a question for ours.
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
      .option("--workspace <dir>", "the workspace's folder (default: the one you stand in)")
      .option("--json", "one JSON document on standard output, nothing else there")
      .option("--quiet", "no progress");
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
    "what is there, what is missing, what to do",
    async () => (await import("./commands/doctor.ts")).doctor,
  ).option("--fresh", "ask again what was remembered from the last time");

  const workspace = program.command("workspace").description("make and describe workspaces").exitOverride();
  command(
    workspace,
    "init <dir>",
    "make a folder a workspace",
    async () => (await import("./commands/workspace.ts")).init,
  )
    .option("--from-sample", "with the sample's first dataset and its test set")
    .option("--name <name>", "its name (default: the folder's)")
    .option("--base <base>", "`embedded`, a Hugging Face folder or a Hugging Face id")
    .option("--preset <preset>", "the training preset it uses");
  command(workspace, "info", "what lies in it", async () => (await import("./commands/workspace.ts")).info);

  const base = program
    .command("base")
    .description("the models that adapters are trained on: list, check, use, download, remove")
    .exitOverride();
  command(
    base,
    "list",
    "what is at hand, and which one the workspace has",
    async () => (await import("./commands/base.ts")).list,
  );
  command(
    base,
    "check <path>",
    "look into a Hugging Face folder or a GGUF file; exit 1 where it cannot be a base",
    async () => (await import("./commands/base.ts")).check,
  );
  command(
    base,
    "use <base>",
    "the workspace's base: `embedded`, a folder or a Hugging Face id",
    async () => (await import("./commands/base.ts")).use,
  )
    .option("--gguf <file>", "run it from this GGUF of the same model")
    .option("--precision <precision>", "of our own conversion: f16, q8_0 or q4_0");
  command(
    base,
    "download <id>",
    "fetch a model from Hugging Face, or what is missing of it",
    async () => (await import("./commands/base.ts")).download,
  ).option("--revision <revision>", "a branch, tag or commit (default: main)");
  command(
    base,
    "remove <id>",
    "delete a download, whole or partial",
    async () => (await import("./commands/base.ts")).remove,
  );

  const dataset = program
    .command("dataset")
    .description("lint, describe, import, repair and write datasets")
    .exitOverride();
  command(
    dataset,
    "lint <file...>",
    "every break of the rules, in one pass; exit 1 on errors or leaks",
    async () => (await import("./commands/dataset.ts")).lint,
  ).option("--against <file...>", "also look for rows of these files that leak into the ones linted");
  command(
    dataset,
    "stats <file>",
    "rows, refusals, lengths, topics",
    async () => (await import("./commands/dataset.ts")).stats,
  );
  command(
    dataset,
    "diff <before> <after>",
    "rows added, removed and changed",
    async () => (await import("./commands/dataset.ts")).diff,
  );
  command(
    dataset,
    "import <file>",
    "bring a CSV from elsewhere in",
    async () => (await import("./commands/dataset.ts")).importFile,
  )
    .option("--as <name>", "the dataset it becomes, such as dataset_v2 (default: the next)")
    .option("--map <columns>", "its columns, as description=Text,suggestions=Names");
  command(
    dataset,
    "fix <file>",
    "apply the safe repairs; nothing else changes",
    async () => (await import("./commands/dataset.ts")).fix,
  );
  command(
    dataset,
    "export-spreadsheet <file>",
    "a copy for Excel: UTF-8 with a mark, formula cells made plain text",
    async () => (await import("./commands/dataset.ts")).spreadsheet,
  ).requiredOption("--out <file>", "the CSV to write; nothing is overwritten");
  command(
    dataset,
    "generate",
    "write a first dataset, or a test set, by prompt through the LLM endpoint",
    async () => (await import("./commands/dataset.ts")).generate,
  )
    .option("--rows <n>", "how many rows in all", wholeNumber, 100)
    .option("--refusals <n>", "how many of them ask for what must be refused", wholeNumber, 10)
    .option("--omit <topics>", "topics to leave out, with commas between", list, [])
    .option("--test-set", "write a test set, labelled, instead of a dataset")
    .option("--seed <n>", "seed of the plan", wholeNumber, 1);

  const preset = new Option(
    "--preset <preset>",
    "embedded, mistral-7b-study or mistral-7b (default: the workspace's)",
  );
  command(
    program,
    "train",
    "train an adapter, convert it, prove that both engines agree",
    async () => (await import("./commands/train.ts")).train,
  )
    .requiredOption("--version <version>", "v1, v2, …, or `all` datasets in order")
    .addOption(preset)
    .option("--seed <n>", "seed of the training", wholeNumber, 1)
    .option("--epochs <n>", "at most so many epochs instead of the preset's", wholeNumber)
    .option(
      "--set <field=value...>",
      "another value than the preset's, such as optimisation.learningRate=0.0001",
    )
    .option("--probe", "train nothing: measure for a minute at most what is fastest here, and remember it")
    .option("--fastest-batch", "take the probed batch and accumulation too, of the same product")
    .option("--stop-on-error", "with `all`: stop at the first that fails");

  command(
    program,
    "suggest [description...]",
    "names for descriptions, one per argument or line",
    async () => (await import("./commands/suggest.ts")).suggest,
  )
    .option("--version <version>", "base, v1, v2, … (default: the newest)")
    .option("--stdin", "read descriptions from standard input, one per line")
    .option("--temperature <t>", "0 is greedy", Number, 0)
    .option("--seed <n>", "seed of the sampling", wholeNumber, 1);

  const judge = new Option(
    "--judge <judge>",
    "rule or openai (default: openai where a key is set, else rule)",
  ).choices(["rule", "openai"]);
  command(
    program,
    "eval",
    "generate and judge on the test set",
    async () => (await import("./commands/evaluate.ts")).evaluate,
  )
    .requiredOption("--version <version>", "base, v1, v2, …, or `all`")
    .addOption(judge)
    .addOption(
      new Option("--decoding <decoding>", "greedy, or sampled (three completions a row)")
        .choices(["greedy", "sampled"])
        .default("greedy"),
    )
    .option("--seed <n>", "seed of the sampling", wholeNumber, 1)
    .option("--max-calls <n>", "stop resumably after so many judge calls", wholeNumber)
    .option("--max-cost <dollars>", "stop resumably before the judge has cost more", positiveNumber)
    .option("--empty-means-refuse", "in a test set without labels: read [] as refuse")
    .option("--stop-on-error", "with `all`: stop at the first that fails");
  command(
    program,
    "rejudge",
    "ask the judge again about rows it failed to score",
    async () => (await import("./commands/evaluate.ts")).rejudge,
  )
    .requiredOption("--version <version>", "base, v1, v2, …")
    .option("--only-unscored", "leave the scored rows as they are", true)
    .addOption(judge);

  addStudyCommands(program, command);

  command(
    program,
    "compare <baseline> <candidate>",
    "two versions or results files, side by side, with a decision",
    async () => (await import("./commands/compare.ts")).compare,
  )
    .option("--require-ship", "exit 1 unless the decision is ship")
    .option("--prevalence <share>", "share of harmful descriptions in your own traffic, 0–1", Number)
    .option("--seed <n>", "seed of the bootstrap", wholeNumber, 1);

  const runs = program
    .command("runs")
    .description("long work: list, show, watch, pause, cancel, resume, remove")
    .exitOverride();
  command(runs, "list", "every run, newest first", async () => (await import("./commands/runs.ts")).list);
  command(
    runs,
    "show <id>",
    "a run's status, spec and result",
    async () => (await import("./commands/runs.ts")).show,
  );
  command(
    runs,
    "watch <id>",
    "follow a run; with --json its events as JSON Lines",
    async () => (await import("./commands/runs.ts")).watch,
  )
    .option("--events", "events as JSON Lines")
    .option("--from <seq>", "from this sequence number on", wholeNumber, 0);
  command(
    runs,
    "cancel <id>",
    "ask a run to stop, resumably",
    async () => (await import("./commands/runs.ts")).cancel,
  );
  command(
    runs,
    "pause <id>",
    "let an evaluation stand still, or stop a training at a checkpoint",
    async () => (await import("./commands/runs.ts")).pause,
  );
  command(
    runs,
    "resume <id>",
    "go on where a run stopped",
    async () => (await import("./commands/runs.ts")).resume,
  );
  command(
    runs,
    "remove <id>",
    "delete the folder of a run that has ended",
    async () => (await import("./commands/runs.ts")).remove,
  );
  command(
    runs,
    "log <id>",
    "the end of a run's log",
    async () => (await import("./commands/runs.ts")).log,
  ).option("--bytes <n>", "how much of it", wholeNumber, 65_536);
  command(
    runs,
    "artifacts <id>",
    "the files in a run's folder",
    async () => (await import("./commands/runs.ts")).artifacts,
  );

  command(
    program,
    "promote <run>",
    "make a training run's adapter model_vN",
    async () => (await import("./commands/model.ts")).promote,
  );
  command(
    program,
    "figures",
    "the study's two figures per version, as PNG and SVG",
    async () => (await import("./commands/report.ts")).figures,
  ).requiredOption("--version <version>", "base, v1, v2, …");
  command(
    program,
    "report <baseline> [candidate]",
    "a report in one file that needs nothing else",
    async () => (await import("./commands/report.ts")).report,
  ).requiredOption("--out <file>", "the HTML file to write");
  command(
    program,
    "export",
    "take the model away, parity-checked",
    async () => (await import("./commands/model.ts")).exportModel,
  )
    .requiredOption("--version <version>", "v1, v2, …")
    .addOption(
      new Option("--as <form>", "what to write")
        .choices(["adapter", "lora-gguf", "merged-gguf"])
        .makeOptionMandatory(),
    )
    .requiredOption("--out <path>", "where to write it");

  command(
    program,
    "demo",
    "the whole loop, from dataset_v1 to a compared v2",
    async () => (await import("./commands/demo.ts")).demo,
  )
    .option("--seed <n>", "seed of both trainings", wholeNumber, 1)
    .option("--dir <dir>", "the demo's workspace (default: .demo in the program's folder)");
  command(
    program,
    "schema [command...]",
    "the JSON Schema of a command's --json output",
    async () => (await import("./commands/schema.ts")).schema,
  );
  return program;
}

/** What commander throws, as the failure it means; null where it only printed help or the version. */
export function usageFailure(error: unknown): Failure | null {
  if (!(error instanceof CommanderError)) return null;
  const asked = ["commander.helpDisplayed", "commander.help", "commander.version"];
  if (asked.includes(error.code) && error.exitCode === 0) return null;
  return new Failure("usage", error.message.replace(/^error: /, ""), {
    hint: "Add --help to see how it is used.",
  });
}
