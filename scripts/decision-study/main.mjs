// Started by scripts/decision-study.mjs. Replaces the table between two comments of docs/decision.md.
import { readFileSync, writeFileSync } from "node:fs";
import { formatNumber } from "../../shared/domain/format/number.ts";
import { wilson95 } from "../../shared/domain/statistics/proportions.ts";
import { countDecisions, simulatedCandidates } from "../../shared/testing/decisionStudy.ts";
import { say } from "../lib/report.mjs";

const document = new URL("../../docs/decision.md", import.meta.url);
const [begin, end] = ["<!-- decision-study -->", "<!-- /decision-study -->"];
const simulations = Number(process.argv[2] ?? 1_000);
const options = { simulations, seed: 1, draws: 400 };
if (!Number.isInteger(simulations) || simulations < 1) throw new Error("SIMULATIONS must be a whole number");

const line = (cells) => `| ${cells.join(" | ")} |`;
const share = (count) => formatNumber(count / simulations);

function row(candidate, n) {
  const counts = countDecisions(candidate, n, options);
  const [low, high] = wilson95(counts.ship, simulations);
  say(`${candidate.name}, ${n} rows: ${JSON.stringify(counts)}`);
  return line([
    candidate.name,
    n,
    `${share(counts.ship)} [${formatNumber(low)}, ${formatNumber(high)}]`,
    share(counts["do-not-ship"]),
    share(counts.undecided),
  ]);
}

const head = ["Candidate", "Rows", "Ship (95 % interval)", "Do not ship", "Undecided"];
const table = [
  line(head),
  line(head.map(() => "---")),
  ...simulatedCandidates.flatMap((candidate) => [60, 230, 700].map((n) => row(candidate, n))),
].join("\n");
const text = readFileSync(document, "utf8");
const [from, to] = [text.indexOf(begin), text.indexOf(end)];
if (from < 0 || to < from) throw new Error(`docs/decision.md has no ${begin} … ${end}`);
const note = `${simulations} simulations a row, seed ${options.seed}, ${options.draws} draws each.`;
writeFileSync(document, `${text.slice(0, from)}${begin}\n\n${table}\n\n${note}\n\n${text.slice(to)}`);
