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
  throw new InvalidArgumentError("A port must be a whole number from 0 to 65535. 0 selects a free port.");
}

/** Parses the words after `npm start --`. Exits with an error message or the help. */
export function readOptions(words: readonly string[]): BrowserHostOptions {
  const command = new Command("npm start --")
    .description("Open the workbench in a browser, on the loopback address of this machine")
    .helpOption("-h, --help", "Show this help")
    .option("--browser", "Use the browser even if Electron is installed")
    .option("--no-open", "Don't open a browser window")
    .option("--port <number>", "Port to listen on (0: any free port)", portOf, 0)
    .option("--workspace <folder>", "Workspace to open (default: a copy of the finished sample)")
    .option("--allow <folder...>", "Additional folders that Namewright may read and write", [])
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse(words, { from: "user" });
  const options = BrowserHostOptionsSchema.parse(command.opts());
  return { ...options, allow: options.allow.map((folder) => path.resolve(folder)) };
}
