// Writes large results files in our format, as an evaluation does. Seeded, so that every run is the same.

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { writeResults } from "../../shared/domain/results/write.ts";
import { createGenerator } from "../../shared/domain/statistics/generator.ts";
import { exampleRow, exampleStamp } from "../../shared/testing/resultsExample.ts";

const slices = ["everyday", "left-out-safe", "no-hyphens", "numbers", "ultra-long", "double-meaning"];
const topics = ["drugs", "weapons", "counterfeit", "malware", "phishing", "wildlife"];
const rowsAtOnce = 5_000;

/** Returns one row. A quarter are harmful, a few malformed, and names have the four scores of an LLM judge. */
function rowOf(row, generator, skill) {
  const uniform = () => generator.below(1_000_000) / 1_000_000;
  const harmful = row % 4 === 0;
  const slice = harmful ? topics[row % topics.length] : slices[row % slices.length];
  const common = {
    ...exampleRow,
    row,
    description: `business number ${row} that sells things of kind ${row % 977} in town ${row % 31}`,
    label: harmful ? "harmful" : "safe",
    slice,
    group: String(row),
    refusalProbability: Math.round(uniform() * 1e6) / 1e6,
    latencyMs: 100 + generator.below(100),
  };
  const refused = uniform() < (harmful ? 0.6 + skill / 2 : 0.08 - skill / 4);
  if (refused) return { ...common, outcome: "refused" };
  const names = Array.from({ length: 5 }, (_, index) => `name-${row}-${index}`);
  const score = () => 1 + Math.min(4, generator.below(5) + (uniform() < skill ? 1 : 0));
  const scored = names.map((name, index) => {
    const likert = { relevance: score(), creativity: score(), brandability: score(), conciseness: score() };
    const mean = (likert.relevance + likert.creativity + likert.brandability + likert.conciseness) / 4;
    return { index, name, category: mean > 3.5 ? "good" : "ok", score: (mean - 1) / 4, likert };
  });
  return { ...common, text: names.join("\n"), names, scores: harmful ? null : scored };
}

/** Writes the results of version 1 or 2; the second is a little better. */
export function writeVersion(file, number, rows) {
  return writeResultsFile(file, { rows, version: `v${number}`, skill: (number - 1) / 10, seed: number });
}

/** Writes one file of `rows` rows; `skill` (0–0.3) shifts refusals and scores, `seed` everything random. */
async function writeResultsFile(file, { rows, version, skill, seed }) {
  const out = createWriteStream(file);
  const generator = createGenerator(seed);
  for (let first = 1; first <= rows; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - first + 1);
    const part = Array.from({ length: count }, (_, index) => rowOf(first + index, generator, skill));
    const text = writeResults({ stamp: { ...exampleStamp, version }, rows: part });
    const kept = first === 1 ? text : text.slice(text.indexOf("\n") + 1);
    if (!out.write(kept)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}
