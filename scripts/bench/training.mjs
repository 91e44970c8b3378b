// Measures training tokens per second: the trainer against a bare TRL script with the same settings, and the probe's
// choice against TRL's defaults.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tinySample } from "../../electron/services/testing/tinySample.ts";
import { rowsFile, trainingRows } from "../../electron/services/training/trainingRows.ts";
import { PRESETS } from "../../shared/domain/training/presets.ts";
import { interleave } from "./measure.mjs";
import { baseFolder, promptTemplate, runPython } from "./models.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const epochs = 3;

/** Returns the tiny sample's first dataset, split as in a training run. */
function writeRows(file) {
  const source = path.join(tinySample, "data", "dataset_v1.csv");
  writeFileSync(file, rowsFile(trainingRows({ file: source, bytes: readFileSync(source) }, null).rows));
}

/** Writes a spec with `changes` to the preset's optimization, and the given thread count if any. */
function writeSpec(root, base, scratch, name, { threads = PRESETS.embedded.threads, ...changes } = {}) {
  const { title: _title, ...preset } = PRESETS.embedded;
  const rowsPath = path.join(scratch, "rows.jsonl");
  writeRows(rowsPath);
  const spec = {
    ...preset,
    base: { kind: "folder", name: "embedded", dir: base },
    rowsPath,
    promptTemplate: promptTemplate(root),
    outDir: path.join(scratch, `run-${name}`),
    preset: "embedded",
    seed: 1,
    device: "cpu",
    threads,
    optimisation: { ...preset.optimisation, epochs, ...changes },
    // Measure only the training: no generations, and no early stopping.
    evaluation: { ...preset.evaluation, patience: epochs + 1, generationRows: 0 },
    parity: { ...preset.parity, sequences: 1 },
  };
  return written(scratch, name, spec);
}

function written(scratch, name, spec) {
  const file = path.join(scratch, `spec-${name}.json`);
  writeFileSync(file, JSON.stringify(spec));
  return { file, spec };
}

function lastJson(stdout) {
  return JSON.parse(stdout.trimEnd().split("\n").at(-1));
}

function trainOurs(python, spec, file, root) {
  rmSync(spec.outDir, { recursive: true, force: true });
  const events = runPython(python, ["-m", "namewright_trainer", "train", "--spec", file], root)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const steps = events.filter(({ kind }) => kind === "step");
  const evaluations = events.filter(({ kind }) => kind === "evaluation");
  return { tokensPerSecond: steps.at(-1).tokensPerSecond, evalLoss: evaluations.at(-1).evalLoss };
}

/** What the probe chooses for a spec that leaves the threads to PyTorch. */
function probed(python, { file, spec }, root, scratch) {
  const words = ["-m", "namewright_trainer", "probe-speed", "--spec", file];
  const found = lastJson(runPython(python, words, root));
  if (found.fastest === null) throw new Error("the probe measured nothing in its minute");
  const { threads, workers, batchSize, gradientAccumulation } = found.fastest;
  const optimisation = { ...spec.optimisation, batchSize, gradientAccumulation };
  const chosen = { ...spec, threads, workers, optimisation };
  const setting = `${threads} thread(s), ${workers} workers, batch ${batchSize} × ${gradientAccumulation}`;
  return {
    ...written(scratch, "probed", chosen),
    words: `${setting} after ${Math.round(found.elapsedSeconds)} s`,
  };
}

const kinds = [
  {
    what: "training tokens/s",
    against: "a bare TRL script, same settings",
    goal: 0.98,
    baseline: [],
    probe: false,
    changes: {},
  },
  {
    what: "training tokens/s after the probe, batch × accumulation = 1",
    against: "the bare script with torch's threads and TRL's defaults",
    goal: 2,
    baseline: ["defaults"],
    probe: true,
    changes: { threads: null },
  },
  {
    what: "training tokens/s after the probe, batch × accumulation = 8",
    against: "the bare script, batch 1 × 8, torch's threads and TRL's defaults",
    goal: 2,
    baseline: ["defaults"],
    probe: true,
    changes: { threads: null, batchSize: 1, gradientAccumulation: 8 },
  },
];

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, python, scratch }) {
  const base = baseFolder(root);
  const row = ({ what, against, goal }) => ({ what, against, goal, better: "higher" });
  if (base === null) return kinds.map((kind) => ({ ...row(kind), missing: "embedded base not found" }));
  mkdirSync(scratch, { recursive: true });
  const measures = [];
  for (const [index, kind] of kinds.entries()) {
    say(`${kind.what}: ${kind.against}`);
    const plain = writeSpec(root, base, scratch, String(index), kind.changes);
    const own = kind.probe ? probed(python, plain, root, scratch) : { ...plain, words: "as the preset" };
    say(`  ${own.words}`);
    const bare = [path.join(here, "bare_trl.py"), plain.file, ...kind.baseline];
    const found = await interleave({
      pairs: Number(process.env.BENCH_PAIRS ?? 3),
      warmUp: false,
      baseline: async () => lastJson(runPython(python, bare, root)),
      ours: async () => trainOurs(python, own.spec, own.file, root),
    });
    const { baseline, ours } = found.at(-1);
    const losses = `eval loss ${ours.evalLoss.toFixed(4)} and ${baseline.evalLoss.toFixed(4)}`;
    measures.push({
      ...row(kind),
      ratios: found.map((pair) => pair.ours.tokensPerSecond / pair.baseline.tokensPerSecond),
      note: `${Math.round(ours.tokensPerSecond)} tokens/s against ${Math.round(baseline.tokensPerSecond)}; ${losses}; ${own.words}, against ${baseline.threads} thread(s)`,
    });
    say(`  ${measures.at(-1).note}`);
  }
  return measures;
}
