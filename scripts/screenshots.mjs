// npm run screenshots [-- SCREEN …]: every screen on the finished sample, light and dark, into docs/screens (the ones
// the README shows) or, with --all, narrow and wide as well into test-results/screens.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node }) =>
  runInForeground(node, [path.join(root, "scripts", "screenshots", "main.mjs"), ...process.argv.slice(2)]),
);
