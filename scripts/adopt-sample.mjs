// node scripts/adopt-sample.mjs FOLDER: turns a demo's workspace into the finished sample of this repository: data,
// models, images and runs, without checkpoints and without paths of this machine. Run with Node >= 22.18.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { encodeEntry, parseJournal } from "../electron/services/run/journal.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const demo = path.resolve(process.argv[2] ?? ".demo");

/** Skipped: checkpoints, adapters (`models/` has them), files that name the process, files that only a resume reads. */
const leftBehind = new Set([
  "checkpoints",
  "adapter",
  "adapter.gguf",
  "controls",
  "owner.json",
  "trainer.json",
  "log.txt",
  "rows.jsonl",
]);

/** Removes this machine's folders from a text. Paths of the workspace become relative to it. */
function portable(text) {
  return text
    .replaceAll(`${demo}/`, "")
    .replaceAll(demo, ".")
    .replaceAll(root, "")
    .replaceAll(path.dirname(root), "")
    .replaceAll(homedir(), "~");
}

function adoptRun(from, to) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (leftBehind.has(name)) continue;
    const source = path.join(from, name);
    if (name === "events.jsonl") {
      const { entries } = parseJournal(readFileSync(source, "utf8"));
      const lines = entries.map((entry) => encodeEntry(JSON.parse(portable(JSON.stringify(entry)))));
      writeFileSync(path.join(to, name), `${lines.join("\n")}\n`);
    } else if (statSync(source).isFile() && /\.(json|csv)$/.test(name)) {
      writeFileSync(path.join(to, name), portable(readFileSync(source, "utf8")));
    } else cpSync(source, path.join(to, name), { recursive: true });
  }
}

for (const name of readdirSync(path.join(root, "data")))
  if (/^model_.*-results\.csv$/.test(name)) rmSync(path.join(root, "data", name));
for (const name of ["images", "runs"]) rmSync(path.join(root, name), { recursive: true, force: true });
for (const name of readdirSync(path.join(demo, "data")))
  cpSync(path.join(demo, "data", name), path.join(root, "data", name));
for (const name of readdirSync(path.join(demo, "models"))) {
  rmSync(path.join(root, "models", name), { recursive: true, force: true });
  cpSync(path.join(demo, "models", name), path.join(root, "models", name), { recursive: true });
}
cpSync(path.join(demo, "images"), path.join(root, "images"), { recursive: true });
for (const name of readdirSync(path.join(demo, "runs")))
  adoptRun(path.join(demo, "runs", name), path.join(root, "runs", name));
const config = JSON.parse(readFileSync(path.join(demo, "namewright.json"), "utf8"));
writeFileSync(
  path.join(root, "namewright.json"),
  `${JSON.stringify({ ...config, name: "sample" }, null, 2)}\n`,
);
if (existsSync(path.join(root, "runs")))
  console.log(`adopted ${readdirSync(path.join(root, "runs")).length} runs from ${demo}`);
