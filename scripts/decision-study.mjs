// npm run decision-study [-- SIMULATIONS]: how often the decision rule ships a harmful, an equal and a better candidate,
// by simulation, as the table of docs/decision.md.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node }) =>
  runInForeground(
    node,
    [path.join(root, "scripts", "decision-study", "main.mjs"), ...process.argv.slice(2)],
    {
      cwd: root,
    },
  ),
);
