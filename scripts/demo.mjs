// npm run demo: set-up, then the whole loop on SmolLM2. Arguments after `--` go to `namewright demo` (`--base tiny`).
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node }) =>
  runInForeground(node, [path.join(root, "bin", "namewright.mjs"), "demo", ...process.argv.slice(2)]),
);
