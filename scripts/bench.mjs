// npm run bench: set-up, then speed as ratios of interleaved runs, as a Markdown table on standard output.
// `npm run bench -- start comparison` measures only these; NAMEWRIGHT_BENCH_BASE is another base's folder.
import path from "node:path";
import { runInForeground } from "./lib/run.mjs";
import { afterSetUp, root } from "./setup.mjs";

await afterSetUp(({ node, python }) =>
  runInForeground(node, [path.join(root, "scripts", "bench", "main.mjs"), ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, NAMEWRIGHT_BENCH_PYTHON: python },
  }),
);
