// npm start: set-up, then the workbench in a browser, over this machine's loopback.
import path from "node:path";
import { say } from "./lib/report.mjs";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(async ({ node, bundled }) => {
  if (!bundled) {
    say("The screens cannot be shown: their bundle could not be built (see above). The terminal works:");
    say("  npx namewright --help");
    return 1;
  }
  return runInForeground(node, [path.join(root, "out", "http.js"), ...process.argv.slice(2)]);
});
