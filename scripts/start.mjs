// npm start: set-up, then the workbench: in a desktop window if Electron is installed, otherwise in the browser, on
// this machine's loopback address.
import path from "node:path";
import { chooseHost, electronBinary } from "./lib/chooseHost.mjs";
import { say } from "./lib/report.mjs";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(async ({ node, bundled }) => {
  if (!bundled) {
    say("Couldn't build the workbench (see above). The terminal still works:");
    say("  npx namewright --help");
    return 1;
  }
  const words = process.argv.slice(2);
  const { env, platform } = process;
  const chosen = chooseHost({ words, binary: electronBinary(root), env, platform, uid: process.getuid?.() });
  if (chosen.host === "desktop") return desktop(chosen.binary, words);
  const instead =
    chosen.hint === undefined ? "" : ` (to open a desktop window instead, run once: ${chosen.hint})`;
  say(`Opening in the browser: ${chosen.reason}${instead}.`);
  return runInForeground(node, [path.join(root, "out", "http.js"), ...words]);
});

async function desktop(binary, words) {
  say("Opening a desktop window (to use the browser instead: npm start -- --browser).");
  // Some editors set this variable for their child processes. It would turn Electron into plain Node.
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const code = await runInForeground(binary, [root, ...words], { env });
  if (code !== 0) say("If no window opened, run npm start -- --browser to use the browser.");
  return code;
}
