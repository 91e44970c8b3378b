// Runs the named measures, or all, and prints the table as Markdown. Started by scripts/bench.mjs.
import { existsSync, mkdirSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "./measure.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const here = path.dirname(fileURLToPath(import.meta.url));
const parts = [
  "evaluation",
  "training",
  "judge",
  "comparison",
  "start",
  "growth",
  "runs",
  "firstLoad",
  "largeDocument",
  "large",
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: unknown measure ${unknown.join(", ")}; available: ${parts.join(", ")}\n`);
  process.exit(2);
}

const scratch = path.join(root, ".namewright", "bench");
mkdirSync(scratch, { recursive: true });
const context = {
  say: (text) => process.stderr.write(`  ${text}\n`),
  root,
  python: process.env.NAMEWRIGHT_BENCH_PYTHON,
  scratch,
};

const measures = [];
const sections = [];
let failed = false;
for (const name of asked.length > 0 ? asked : parts) {
  const file = path.join(here, `${name}.mjs`);
  if (!existsSync(file)) continue;
  const begun = Date.now();
  try {
    const found = await (await import(file)).measure(context);
    for (const one of Array.isArray(found) ? found : [found]) {
      // The growth of costs is a separate table.
      if (typeof one === "string" || typeof one.markdown === "string") sections.push(one.markdown ?? one);
      else measures.push(one);
    }
  } catch (error) {
    failed = true;
    process.stderr.write(`bench: ${name} failed: ${error?.stack ?? error}\n`);
  }
  context.say(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "CPU"}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)} at the end`;
process.stdout.write(`${[markdownTable(measures), ...sections, machine].join("\n\n")}\n`);
process.exit(failed ? 1 : 0);
