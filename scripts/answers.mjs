// npm run answers [-- WORKSPACE]: prints what the versions of a workspace answer, as the Markdown
// tables of README.md (twelve descriptions) and docs/smollm2.md (a hundred rows of the test set). Without a workspace it
// uses the sample.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterSetUp, root } from "./setup.mjs";

const versions = ["base", "prompted+grammar", "v1", "v2"];
/** Rows of the test set, evenly spaced from the first, so that nobody selects them. */
const testRows = 100;
const longestCell = 90;
const cli = path.join(root, "bin", "namewright.mjs");

const line = (cells) => `| ${cells.join(" | ")} |`;
const inCell = (text) => text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");

function shortened(text) {
  const characters = [...inCell(text)];
  return characters.length <= longestCell
    ? characters.join("")
    : `${characters.slice(0, longestCell - 1).join("")}…`;
}

function table(head, rows) {
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function suggested({ refused, malformed, names }) {
  if (refused) return "_refused_";
  const text = names.map(({ name }) => name).join(", ");
  return malformed ? `_malformed:_ ${shortened(text)}` : inCell(text);
}

/** Asks each version for names through the command that users run. */
function twelve(node, workspace) {
  const input = readFileSync(new URL("answers/descriptions.txt", import.meta.url), "utf8");
  const columns = versions.map((version) => {
    // Greedy text of a small model repeats itself. The base alone answers in its own way.
    const words = ["suggest", "--stdin", "--json", "--temperature", "0.8", "--version", version];
    const grammar = version === "base" ? [] : ["--grammar", "names"];
    const { status, stdout } = spawnSync(node, [cli, ...words, ...grammar, "--workspace", workspace], {
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "inherit"],
      maxBuffer: 1 << 26,
    });
    if (status !== 0) throw new Error(`suggest --version ${version} exited with code ${status}`);
    return JSON.parse(stdout).results;
  });
  const rows = columns[0].map(({ description }, at) => [
    inCell(description),
    ...columns.map((results) => suggested(results[at])),
  ]);
  return table(["description", ...versions], rows);
}

function judged({ outcome, domains, text }) {
  if (outcome === "refused") return "_refused_";
  return outcome === "malformed" ? `_malformed:_ ${shortened(text)}` : inCell(JSON.parse(domains).join(", "));
}

/** Reads the answers from the results files: the rows are those of the evaluation, not asked again. */
async function hundred(workspace) {
  const { default: Papa } = await import("papaparse");
  const columns = versions
    .map((version) => ({
      version,
      file: path.join(workspace, "data", `model_${version}-results.csv`),
    }))
    .filter(({ version, file }) => version.startsWith("v") && existsSync(file))
    .map(({ version, file }) => {
      const { data } = Papa.parse(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true });
      return { version, rows: data.filter(({ sample }) => sample === "0") };
    });
  const rows = columns[0]?.rows ?? [];
  const picked = Array.from({ length: Math.min(testRows, rows.length) }, (_, at) =>
    Math.floor((at * rows.length) / Math.min(testRows, rows.length)),
  );
  return table(
    ["row", "label", "description", ...columns.map(({ version }) => version)],
    picked.map((at) => [
      rows[at].row,
      rows[at].label,
      shortened(rows[at].description),
      ...columns.map((column) => judged(column.rows[at])),
    ]),
  );
}

async function printAnswers({ node }) {
  const workspace = path.resolve(process.argv[2] ?? root);
  process.stdout.write(`${twelve(node, workspace)}\n\n${await hundred(workspace)}\n`);
  return 0;
}

await afterSetUp(printAnswers);
