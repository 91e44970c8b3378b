import { type Command, Option } from "commander";
import { SuggestDecodingSchema } from "../../../shared/schema/suggest.ts";
import type { AddCommand } from "./addCommand.ts";
import { grammarOption } from "./grammarOption.ts";
import { wholeNumber } from "./values.ts";

/** Adds `train`, `adopt` and `rehearse`. */
export function addTrainingCommands(program: Command, command: AddCommand): void {
  const preset = new Option(
    "--preset <preset>",
    "Training preset: embedded, smollm2, mistral-7b-study, mistral-7b or mistral-7b-qlora (default: the workspace's preset)",
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
    .option(
      "--seeds <n>",
      "Train with this many seeds, from --seed on, as v2.1, v2.2, … (1 to 5); seeds already trained are skipped",
      wholeNumber,
    )
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
    .option("--plan", "Only print what would run, what it needs and what is wrong")
    .option("--prompt <name>", "Prompt to train with (default: suggest)")
    .option("--anyway", "Train although the GPU seems to have too little memory (recorded)")
    .option("--stop-on-error", "With `all`: stop at the first failure");

  command(
    program,
    "adopt <source>",
    "Turn a PEFT folder (after the parity gate) or a GGUF file (without a gate) from elsewhere into a version",
    async () => (await import("./commands/adopt.ts")).adopt,
  )
    .requiredOption("--as <version>", "New version: v1, v2, …")
    .option("--prompt <name>", "Prompt that the adapter was trained with (default: suggest)");

  command(
    program,
    "rehearse",
    "Measure on random weights whether Mistral 7B can be trained on this machine, and how long it takes",
    async () => (await import("./commands/rehearse.ts")).rehearse,
  )
    .option("--version <version>", "Version whose dataset is used: v1, v2, …", "v1")
    .option(
      "--preset <preset>",
      "Training preset (default: the workspace's preset if it is for a 7B model, otherwise mistral-7b)",
    )
    .option("--set <field=value...>", "Override a preset value, such as optimisation.batchSize=1")
    .option("--prompt <name>", "Prompt of the training (default: suggest)");
}

/** Adds `suggest`, which asks a version for names. */
export function addSuggestCommand(program: Command, command: AddCommand): void {
  command(
    program,
    "suggest [description...]",
    "Suggest names for business descriptions, one description per argument or line",
    async () => (await import("./commands/suggest.ts")).suggest,
  )
    .option("--version <version>", "Version to use: base, prompted, v1, v2, … (default: the newest version)")
    .option("--prompt <name>", "Prompt to use (default: the one that the version was trained with)")
    .option("--anyway", "Use an adapter although it was trained with another prompt")
    .option("--stdin", "Read descriptions from standard input, one per line")
    .addOption(
      new Option(
        "--decoding <decoding>",
        "Decoding method (single: one completion at --temperature; best-of-pool: the best five names of eight completions)",
      )
        .choices(SuggestDecodingSchema.options)
        .default("single"),
    )
    .option("--temperature <t>", "Sampling temperature (default: 0, which is greedy decoding)", Number)
    .addOption(grammarOption())
    .option("--seed <n>", "Sampling seed", wholeNumber, 1);
}

/** Adds the commands that promote, draw, report and export a version. */
export function addOutputCommands(program: Command, command: AddCommand): void {
  command(
    program,
    "promote <run>",
    "Turn the adapter of a training run into model_vN",
    async () => (await import("./commands/model.ts")).promote,
  ).option(
    "--gate-failed <why>",
    "Promote although the parity gate failed; the version can never be shipped",
  );
  command(
    program,
    "figures",
    "Write the two figures of the study for a version, as PNG and SVG",
    async () => (await import("./commands/report.ts")).figures,
  ).requiredOption("--version <version>", "Version to draw: base, prompted, v1, v2, …");
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
}
