// npm run demo: set-up, then the whole loop. Arguments after `--` go to `namewright demo`.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node }) =>
  runInForeground(node, [path.join(root, "bin", "namewright.mjs"), "demo", ...process.argv.slice(2)]),
);
