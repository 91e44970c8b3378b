// Training tokens a second: the trainer against a bare TRL script of the same settings, and against TRL's defaults.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rowsFile, trainingRows } from "../../electron/services/training/trainingRows.ts";
import { PRESETS } from "../../shared/domain/training/presets.ts";
import { interleave } from "./measure.mjs";
import { baseFolder } from "./models.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const epochs = 3;

/** The sample's first dataset, split as a training run splits it. */
function writeRows(root, file) {
  const source = path.join(root, "data", "dataset_v1.csv");
  writeFileSync(file, rowsFile(trainingRows({ file: source, bytes: readFileSync(source) }, null).rows));
}

function writeSpec(root, base, scratch) {
  const { title: _title, ...preset } = PRESETS.embedded;
  const rowsPath = path.join(scratch, "rows.jsonl");
  writeRows(root, rowsPath);
  const spec = {
    ...preset,
    base: { kind: "folder", name: "embedded", dir: base },
    rowsPath,
    promptTemplate: readFileSync(path.join(root, "resources", "prompts", "suggest.txt"), "utf8").replace(
      /\r?\n$/,
      "",
    ),
    outDir: path.join(scratch, "run"),
    preset: "embedded",
    seed: 1,
    device: "cpu",
    optimisation: { ...preset.optimisation, epochs },
    // Nothing but training is measured: no generations, and no early end.
    evaluation: { ...preset.evaluation, patience: epochs + 1, generationRows: 0 },
    parity: { ...preset.parity, sequences: 1 },
  };
  const file = path.join(scratch, "spec.json");
  writeFileSync(file, JSON.stringify(spec));
  return { file, spec };
}

function lastJson(stdout) {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}

function python(file, words, root) {
  const env = {
    ...process.env,
    PYTHONPATH: path.join(root, "resources", "trainer"),
    TOKENIZERS_PARALLELISM: "false",
  };
  const { status, stdout, stderr } = spawnSync(file, words, { env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${path.basename(words[0])} ended with ${status}: ${stderr.slice(-600)}`);
  return stdout;
}

function trainOurs(interpreter, spec, file, root) {
  rmSync(spec.outDir, { recursive: true, force: true });
  const events = python(interpreter, ["-m", "namewright_trainer", "train", "--spec", file], root)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const steps = events.filter(({ kind }) => kind === "step");
  const evaluations = events.filter(({ kind }) => kind === "evaluation");
  return { tokensPerSecond: steps.at(-1).tokensPerSecond, evalLoss: evaluations.at(-1).evalLoss };
}

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, python: interpreter, scratch }) {
  const names = [
    { what: "training tokens/s", against: "a bare TRL script, same settings", goal: 0.98, better: "higher" },
    {
      what: "training tokens/s, the embedded preset",
      against: "the bare script with torch's threads and TRL's gradient checkpointing",
      goal: 1,
      aim: 2,
      better: "higher",
    },
  ];
  const base = baseFolder(root);
  if (base === null) return names.map((name) => ({ ...name, missing: "there is no embedded base" }));
  mkdirSync(scratch, { recursive: true });
  const { file, spec } = writeSpec(root, base, scratch);
  const bare = (...words) =>
    lastJson(python(interpreter, [path.join(here, "bare_trl.py"), file, ...words], root));
  const measures = [];
  for (const [index, words] of [[], ["defaults"]].entries()) {
    say(`training: ${names[index].against}`);
    const found = await interleave({
      pairs: Number(process.env.BENCH_PAIRS ?? 3),
      warmUp: false,
      baseline: async () => bare(...words),
      ours: async () => trainOurs(interpreter, spec, file, root),
    });
    const { baseline, ours } = found.at(-1);
    measures.push({
      ...names[index],
      ratios: found.map((pair) => pair.ours.tokensPerSecond / pair.baseline.tokensPerSecond),
      note: `${Math.round(ours.tokensPerSecond)} tokens/s against ${Math.round(baseline.tokensPerSecond)}; eval loss ${ours.evalLoss.toFixed(4)} and ${baseline.evalLoss.toFixed(4)}; threads ${spec.threads} and ${baseline.threads}`,
    });
  }
  return measures;
}
