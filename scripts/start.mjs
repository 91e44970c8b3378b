// npm start: set-up, then the workbench.
import path from "node:path";
import { say } from "./lib/report.mjs";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(async ({ node }) => {
  say(
    "The workbench's screens are not built yet; everything works in the terminal. What this machine has:\n",
  );
  await runInForeground(node, [path.join(root, "bin", "namewright.mjs"), "doctor"]);
  say("\nGo on with:");
  say("  npm run demo                           the whole loop: v1, v2 and their comparison");
  say("  npx namewright suggest 'a small bakery' names from the finished sample workspace");
  say("  npx namewright compare v1 v2           the sample's comparison");
  say("  npx namewright workspace init my-study a workspace of your own");
  say("  npx namewright --help                  every command");
  return 0;
});
