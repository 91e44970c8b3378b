// npm run rehearsal -- [--shape 7b|2-layers] [--folder DIR] [--device …] [--precision …] [--train …]: set-up, then the
// product on a base of Mistral 7B's shape with random weights; see docs/rehearsal.md.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node, python }) =>
  runInForeground(node, [path.join(root, "scripts", "rehearsal", "main.mjs"), ...process.argv.slice(2)], {
    env: { ...process.env, NAMEWRIGHT_REHEARSAL_PYTHON: python },
  }),
);
