// npm start: set-up, then the workbench: in a window of its own where Electron is there, else in the browser, over
// this machine's loopback.
import path from "node:path";
import { chooseHost, electronBinary } from "./lib/chooseHost.mjs";
import { say } from "./lib/report.mjs";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(async ({ node, bundled }) => {
  if (!bundled) {
    say("The screens cannot be shown: their bundle could not be built (see above). The terminal works:");
    say("  npx namewright --help");
    return 1;
  }
  const words = process.argv.slice(2);
  const { env, platform } = process;
  const chosen = chooseHost({ words, binary: electronBinary(root), env, platform, uid: process.getuid?.() });
  if (chosen.host === "desktop") return desktop(chosen.binary, words);
  const instead = chosen.hint === undefined ? "" : ` (for a window of its own, once: ${chosen.hint})`;
  say(`In the browser, since ${chosen.reason}${instead}.`);
  return runInForeground(node, [path.join(root, "out", "http.js"), ...words]);
});

async function desktop(binary, words) {
  say("In a window of its own, since Electron is there (npm start -- --browser for the browser).");
  // Set by some editors for their own children, it would make Electron a plain Node.
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const code = await runInForeground(binary, [root, ...words], { env });
  if (code !== 0) say("If no window came: npm start -- --browser shows the same in the browser.");
  return code;
}
