import type { Command } from "commander";
import type { CommonOptions } from "./context.ts";
import type { CommandInput, Handler } from "./handler.ts";

/** Loads and runs a handler. Handlers load lazily, so that a command starts without the code of the others. */
export type Perform = (
  load: () => Promise<Handler>,
  input: CommandInput & { options: CommonOptions & Record<string, unknown> },
) => Promise<void>;

/** Adds a command that `load` provides the handler of. `words` are its name and arguments. */
export type AddCommand = (
  parent: Command,
  words: string,
  summary: string,
  load: () => Promise<Handler>,
) => Command;

/** Returns a function that adds commands. Each accepts --workspace, --json and --quiet. */
export function commandAdder(perform: Perform): AddCommand {
  return (parent, words, summary, load) => {
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
      const values = received.flat().filter((word): word is string => typeof word === "string");
      return perform(load, { arguments: values, options: { ...self.optsWithGlobals(), ...options } });
    });
    return made;
  };
}
