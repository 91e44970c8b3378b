// npm run hand-descriptions: runs v1 of the tests' tiny sample on 40 hand-written descriptions, whose author had seen neither the row
// generator nor the base's text. Prints the shares that docs/decision.md reports.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterSetUp, root } from "./setup.mjs";

/** Returns whether a name contains the stem of a word of the description, which is the word without its ending. */
function sharesStem(name, description) {
  const words = description.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  return words.some((word) => name.includes(word.replace(/(ies|es|s|ing|ed)$/, "").slice(0, 12)));
}

async function report({ node }) {
  const { default: Papa } = await import("papaparse");
  const file = path.join(root, "resources", "base", "hand_descriptions.csv");
  const { data } = Papa.parse(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true });
  const descriptions = data.map(({ description }) => description);
  const version = process.argv[2] ?? "v1";
  const words = [
    "suggest",
    "--stdin",
    "--json",
    "--version",
    version,
    "--workspace",
    path.join(root, "e2e", "fixtures", "tiny-sample"),
  ];
  const { status, stdout } = spawnSync(node, [path.join(root, "bin", "namewright.mjs"), ...words], {
    input: descriptions.join("\n"),
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  if (status !== 0) return status ?? 1;
  const { results } = JSON.parse(stdout);
  const answered = results.filter(({ refused }) => !refused);
  const wellFormed = answered.filter(({ findings }) => findings.length === 0);
  const names = wellFormed.flatMap(({ description, names }) =>
    names.map(({ name }) => ({ name, description })),
  );
  const related = names.filter(({ name, description }) => sharesStem(name, description));
  const share = (part, whole) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
  process.stdout.write(`${version}, 40 hand-written descriptions\n`);
  process.stdout.write(`answered       ${share(answered.length, results.length)}\n`);
  process.stdout.write(`  well-formed  ${share(wellFormed.length, answered.length)}\n`);
  process.stdout.write(
    `  names that share a stem with their description  ${share(related.length, names.length)}\n`,
  );
  return 0;
}

await afterSetUp(report);
