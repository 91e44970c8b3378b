import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";

const BrowserHostOptionsSchema = z.object({
  open: z.boolean(),
  port: z.number().int(),
  workspace: z.string().optional(),
  allow: z.array(z.string()),
});
export type BrowserHostOptions = z.infer<typeof BrowserHostOptionsSchema>;

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("a port is a whole number from 0 to 65535; 0 takes any free one");
}

/** The words behind `npm start --`. Ends the process with what is wrong, or with the help. */
export function readOptions(words: readonly string[]): BrowserHostOptions {
  const command = new Command("npm start --")
    .description("the workbench in a browser, over this machine's loopback")
    .option("--browser", "the browser host even where Electron is there")
    .option("--no-open", "do not open a browser window")
    .option("--port <number>", "the port; 0 takes any free one", portOf, 0)
    .option("--workspace <folder>", "the workspace to open; else a copy of the finished sample")
    .option("--allow <folder...>", "further folders that may be read and written", [])
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse(words, { from: "user" });
  const options = BrowserHostOptionsSchema.parse(command.opts());
  return { ...options, allow: options.allow.map((folder) => path.resolve(folder)) };
}
