// npm run screenshots [-- SCREEN …]: captures every screen of the finished sample, light and dark, into docs/screens.
// With --all, also narrow and wide, into test-results/screens.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node }) =>
  runInForeground(node, [path.join(root, "scripts", "screenshots", "main.mjs"), ...process.argv.slice(2)]),
);
