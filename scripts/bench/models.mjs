// The inputs of the model measures: the embedded base, the sample's adapter, and rows of the test set.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readTable, valueAt } from "../../shared/domain/csv/table.ts";

const adapters = [
  { folder: "models/model_v1", gguf: "adapter.gguf", peft: "." },
  { folder: "models/model_v1", gguf: "adapter.gguf", peft: "adapter" },
];

/** Returns the base's folder: NAMEWRIGHT_BENCH_BASE, otherwise the embedded one, or null if neither exists. */
export function baseFolder(root) {
  const folder = process.env.NAMEWRIGHT_BENCH_BASE ?? path.join(root, "models", "tiny-mistral");
  return existsSync(path.join(folder, "config.json")) ? folder : null;
}

/** Returns the base's GGUF. The trainer converts it into `scratch` if the folder has none. */
export function baseGguf(root, python, folder, scratch) {
  const shipped = path.join(folder, "model-f16.gguf");
  if (existsSync(shipped)) return shipped;
  mkdirSync(scratch, { recursive: true });
  const made = path.join(scratch, "base-f16.gguf");
  const words = ["-m", "namewright_trainer", "convert-base", "--base", folder, "--out", made];
  const env = { ...process.env, PYTHONPATH: path.join(root, "resources", "trainer") };
  const { status, stderr } = spawnSync(python, words, { env, encoding: "utf8" });
  if (status !== 0) throw new Error(`couldn't convert the base: ${stderr.trim().split("\n").at(-1)}`);
  return made;
}

/** Returns the sample's first adapter as GGUF and as PEFT folder, or null to measure only the base. */
export function sampleAdapter(root) {
  for (const { folder, gguf, peft } of adapters) {
    const file = path.join(root, folder, gguf);
    const other = path.join(root, folder, peft);
    if (existsSync(file) && existsSync(path.join(other, "adapter_config.json")))
      return { gguf: file, peft: other };
  }
  return null;
}

/** Returns `count` evenly spaced descriptions of the sample's test set, as prompts. */
export function promptsOfTestSet(root, count) {
  const file = path.join(root, "data", "test_set.csv");
  const table = readTable(readFileSync(file), file);
  const template = readFileSync(path.join(root, "resources", "prompts", "suggest.txt"), "utf8").replace(
    /\r?\n$/,
    "",
  );
  const [prefix] = template.split("{description}");
  const every = Math.max(1, Math.floor(table.records.length / count));
  const contents = Array.from({ length: count }, (_, index) =>
    template.replace("{description}", () => valueAt(table, 1 + index * every, 0)),
  );
  return { prefix, contents };
}
