// npm run e2e:electron: the specs of the screens on the desktop itself, where Electron's binary is there.
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
