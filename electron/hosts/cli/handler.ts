import type { CommandContext } from "./context.ts";

/** The arguments and options of a command, as parsed by commander. */
export interface CommandInput {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Runs a command and returns the exit code. */
export type Handler = (context: CommandContext, input: CommandInput) => Promise<number>;
