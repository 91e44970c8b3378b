// npm run e2e:electron: runs the screen specs on the desktop, if Electron's binary is installed.
import { electronSpecs } from "./lib/electronSpecs.mjs";
import { say } from "./lib/report.mjs";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(async ({ node }) => {
  const specs = electronSpecs(root, node, process.argv.slice(2));
  if ("reason" in specs) {
    say(`Skipped: ${specs.reason}.`);
    return 0;
  }
  return runInForeground(specs.file, specs.words, { env: { ...process.env, ...specs.env } });
});
