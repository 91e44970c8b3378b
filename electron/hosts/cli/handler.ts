import type { CommandContext } from "./context.ts";

/** The words a command was given, as commander parsed them. */
export interface CommandInput {
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a command's file exports. @returns the exit code. */
export type Handler = (context: CommandContext, input: CommandInput) => Promise<number>;
