// The inputs of the model measures: the embedded base, the tiny sample's adapter, and rows of the test set.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { readTable, valueAt } from "../../shared/domain/csv/table.ts";
import { runAndTime } from "../lib/runAndTime.mjs";

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
  runPython(python, words, root);
  return made;
}

/** Returns the tiny sample's first adapter as GGUF and as PEFT folder, or null to measure only the base. */
export function sampleAdapter() {
  const folder = path.join(tinySample, "models", "model_v1");
  const adapter = { gguf: path.join(folder, "adapter.gguf"), peft: path.join(folder, "adapter") };
  return existsSync(adapter.gguf) && existsSync(path.join(adapter.peft, "adapter_config.json"))
    ? adapter
    : null;
}

/** Returns the prompt of a suggestion, with a placeholder for the description. */
export function promptTemplate(root) {
  return readFileSync(path.join(root, "resources", "prompts", "suggest.txt"), "utf8").replace(/\r?\n$/, "");
}

/** Runs Python with our trainer on its path. Returns its output. */
export function runPython(python, words, root) {
  const PYTHONPATH = path.join(root, "resources", "trainer");
  const env = { ...process.env, PYTHONPATH, TOKENIZERS_PARALLELISM: "false" };
  return runAndTime(python, words, { env }).stdout;
}

/** Returns `count` evenly spaced descriptions of the tiny sample's test set, as prompts. */
export function promptsOfTestSet(root, count) {
  const file = path.join(tinySample, "data", "test_set.csv");
  const table = readTable(readFileSync(file), file);
  const template = promptTemplate(root);
  const [prefix] = template.split("{description}");
  const every = Math.max(1, Math.floor(table.records.length / count));
  const contents = Array.from({ length: count }, (_, index) =>
    template.replace("{description}", () => valueAt(table, 1 + index * every, 0)),
  );
  return { prefix, contents };
}
