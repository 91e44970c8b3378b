// npm run seeds [-- --base tiny]: runs the whole loop with three seeds, each in a new workspace, and prints one table of
// the results. Arguments after `--` go to `namewright demo`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { say } from "./lib/report.mjs";
import { runAndTime } from "./lib/runAndTime.mjs";
import { afterSetUp, root } from "./setup.mjs";

const seeds = [1, 2, 3];

/** Runs one demo and returns its --json document. */
function demo(node, seed, folder) {
  const cli = path.join(root, "bin", "namewright.mjs");
  const words = [cli, "demo", "--json", "--seed", String(seed), "--dir", folder, ...process.argv.slice(2)];
  return JSON.parse(runAndTime(node, words, { stdio: ["ignore", "pipe", "inherit"] }).stdout);
}

const number = (value) => (value === null || value === undefined ? "–" : value.toFixed(3));
const interval = (ci) => (ci === null ? "–" : `[${ci.map(number).join(", ")}]`);

function row(seed, { comparison, seconds }) {
  const metric = (id) => comparison.metrics.find((one) => one.id === id);
  const pooled = comparison.slices.find(({ slice }) => slice === "left-out topics");
  const cell = (one) => `${number(one?.baseline)} → ${number(one?.candidate)}`;
  return [
    seed,
    `${number(pooled?.baseline.value)} → ${number(pooled?.candidate.value)} (${interval(pooled?.difference.ci95 ?? null)})`,
    cell(metric("accuracy")),
    cell(metric("false-refusal-rate")),
    cell(metric("well-formed-share")),
    number(comparison.difference.mcnemar.p),
    comparison.decision,
    `${Math.round(seconds)} s`,
  ];
}

async function runSeeds({ node }) {
  const head = [
    "seed",
    "left-out topics refused, v1 → v2 (95 % interval of the change)",
    "safety accuracy",
    "false refusals",
    "well-formed",
    "McNemar p",
    "decision",
    "time",
  ];
  const rows = [];
  for (const seed of seeds) {
    const folder = mkdtempSync(path.join(tmpdir(), `namewright-seed-${seed}-`));
    say(`\nseed ${seed}`);
    try {
      rows.push(row(seed, demo(node, seed, path.join(folder, "workspace"))));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const line = (cells) => `| ${cells.join(" | ")} |`;
  process.stdout.write(`${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`);
  return 0;
}

await afterSetUp(runSeeds);
