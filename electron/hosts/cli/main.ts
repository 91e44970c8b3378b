import { enableCompileCache } from "node:module";

enableCompileCache();

// A reader such as `head` may close the pipe early. That isn't an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const { runCli } = await import("./cli.ts");
process.exitCode = await runCli(process.argv.slice(2));
