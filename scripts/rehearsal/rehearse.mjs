// Runs the product from the check of a base to the merged export, on a base of random weights of Mistral 7B's shape.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import path from "node:path";
import { makeUserData } from "../lib/sampleCopy.mjs";
import { chosenDevice, precisionsOf, probeDevice } from "./device.mjs";
import { neededBytes, shapes } from "./options.mjs";
import { commandRunner, runProgram } from "./product.mjs";
import { conversionPromise, readPlan } from "./promises.mjs";
import { fastestStep, lastBegin, readTrainerEvents } from "./trainerEvents.mjs";
import { writeShortData } from "./workspace.mjs";

const trainerFolder = path.resolve(import.meta.dirname, "../../resources/trainer");
const preset = "mistral-7b";
const description = "A small bakery with sourdough bread";
const pollMs = 100;

/**
 * Settings of three or four optimizer steps with a checkpoint after each, or one at the end.
 * @param {string} precision
 * @param {string} device
 */
function trainingWords(precision, device) {
  const evaluation = ["evaluation.strategy=steps", "evaluation.steps=1", "evaluation.generationRows=0"];
  return [
    `precision=${precision}`,
    `device=${device}`,
    `optimisation.batchSize=${batch}`,
    "optimisation.epochs=1",
    // The preset warms up for longer than this training, and at its rate a few steps hardly move log-probabilities.
    "optimisation.warmupSteps=0",
    "optimisation.learningRate=0.01",
    "optimisation.maxLength=96",
    ...evaluation,
    "parity.sequences=8",
    "parity.maxNewTokens=8",
  ];
}

/** Rows in a training step. */
const batch = 4;

/**
 * @typedef {object} Setting
 * @property {string} node  Node ≥ 22.18
 * @property {string} python  of our Python environment
 * @property {string} shape
 * @property {string} folder  in which a temporary folder is created
 * @property {string} device
 * @property {readonly string[]} precisions
 * @property {readonly string[] | null} train
 * @property {AbortSignal} signal
 * @property {(text: string) => void} log  gets the commands' own output
 * @property {(stage: import("./report.mjs").Stage) => void} onStage
 */

/**
 * Returns the memory that a training can't do without, in bytes: what is resident once the base is loaded, and anonymous
 * memory at any time. While loading in another type than stored, the mapped base adds to it, which the system takes back.
 */
function neededBySteps(trainer, begun) {
  return Math.max(trainer.anonymous, trainer.peakSince(begun));
}

/** Throws if the disk is too full for a rehearsal. */
function requireSpace({ folder, shape, precisions }) {
  const { bavail, bsize } = statfsSync(folder);
  const needed = neededBytes(shape, precisions);
  if (bavail * bsize >= needed) return;
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Error(
    `${folder} has ${gigabytes(bavail * bsize)} free, but this rehearsal writes up to ${gigabytes(needed)}`,
  );
}

/**
 * Runs all stages in a temporary folder, which it removes at the end, also after a failure or an abort.
 * @param {Setting} setting
 * @returns {Promise<import("./report.mjs").Stage[]>} a failed stage is the last one
 * @throws the signal's reason
 */
export async function rehearse(setting) {
  requireSpace(setting);
  const folder = mkdtempSync(path.join(setting.folder, "namewright-rehearsal-"));
  try {
    return await new Rehearsal(setting, folder).run();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Rehearsal {
  /** @type {import("./report.mjs").Stage[]} */
  #stages = [];
  #setting;
  #folder;
  #base;
  #workspace;
  #userData;
  #env;
  #command;

  constructor(setting, folder) {
    this.#setting = setting;
    this.#folder = folder;
    this.#base = path.join(folder, "base");
    this.#workspace = path.join(folder, "workspace");
    this.#userData = path.join(folder, "data");
    makeUserData(this.#userData);
    mkdirSync(this.#workspace);
    this.#env = { ...process.env, NAMEWRIGHT_DATA_DIR: this.#userData };
    this.#command = commandRunner({ ...setting, workspace: this.#workspace, env: this.#env });
  }

  async run() {
    const { signal } = this.#setting;
    try {
      await this.#all();
    } catch (error) {
      signal.throwIfAborted();
      this.#add({ name: "stopped", seconds: null, resident: null, outcome: "failed", note: error.message });
    }
    return this.#stages;
  }

  #add(stage) {
    this.#stages.push(stage);
    this.#setting.onStage(stage);
  }

  /** Adds a stage that ended well. */
  #done(name, seconds, resident, more = {}) {
    this.#add({ name, seconds, resident, outcome: "done", ...more });
  }

  async #all() {
    const { device: asked, train, precisions } = this.#setting;
    await this.#writeBase();
    const probed = await probeDevice({ ...this.#setting, env: this.#env });
    const device = chosenDevice(asked, probed);
    const trained = train ?? precisionsOf(device, probed);
    await this.#check(trained.length);
    for (const precision of precisions) await this.#convert(precision);
    const versions = await this.#trainAll(trained, device);
    if (versions.length === 0) throw new Error("no training precision fits");
    await this.#evaluate(versions[0]);
    await this.#export(versions[0]);
  }

  async #writeBase() {
    const { shape, python, signal, log } = this.#setting;
    const words = ["-m", "namewright_trainer", "random-base", "--layers", String(shapes[shape].layers)];
    const env = { ...this.#env, PYTHONPATH: trainerFolder };
    const options = { env, signal, log };
    const { code, stdout, stderr, seconds, memory } = await runProgram(
      python,
      [...words, "--out", this.#base],
      options,
    );
    if (code !== 0) throw new Error(`couldn't write the base: ${stdout}${stderr.slice(-600)}`);
    this.#done(`write the base (${shape})`, seconds, memory.trainer?.peak ?? null);
  }

  async #check(versions) {
    const { shape } = this.#setting;
    const words = ["workspace", "init", ".", "--from-sample", "--base", this.#base];
    await this.#command([...words, "--preset", preset]);
    const checked = await this.#command(["base", "check", this.#base]);
    const { bytes, problems } = checked.document;
    // The headers of the files are in `bytes` too.
    if (bytes < shapes[shape].bytes) throw new Error(`the base has only ${bytes} bytes`);
    if (problems.length > 0) throw new Error(`base check: ${JSON.stringify(problems)}`);
    this.#done("base check", checked.seconds, checked.memory.engine?.peak ?? null);
    const data = path.join(this.#workspace, "data");
    writeShortData(data, { rows: 3 * batch + 1, versions });
  }

  /** Converts the base by asking for one row, as a user would. Keeps only this GGUF file. */
  async #convert(precision) {
    rmSync(path.join(this.#userData, "gguf"), { recursive: true, force: true });
    await this.#command(["base", "use", this.#base, "--precision", precision]);
    const { seconds, memory } = await this.#command(["suggest", "--version", "base", description]);
    if (memory.trainer !== null) {
      const promised = conversionPromise;
      this.#done(`convert to ${precision}`, memory.trainer.seconds, memory.trainer.peak, { promised });
    }
    const rest = seconds - (memory.trainer?.seconds ?? 0);
    const { accelerator } = memory;
    this.#done(`load ${precision}, one row`, rest, memory.engine?.peak ?? null, { accelerator });
  }

  /** Trains in each precision that fits. Returns the versions, the first of them killed and resumed. */
  async #trainAll(precisions, device) {
    const versions = [];
    for (const precision of precisions) {
      const version = `v${versions.length + 1}`;
      const words = trainingWords(precision, device);
      const sets = words.flatMap((word) => ["--set", word]);
      const command = ["train", "--version", version, "--preset", preset, ...sets];
      const { document } = await this.#command([...command, "--plan"], { accepted: [0, 1] });
      const plan = readPlan(document);
      const of = plan.device === "cuda" ? "accelerator" : "resident";
      const promised = { bytes: plan.needed, kind: "about", of };
      if (plan.problem !== null || plan.needed > plan.available) {
        const shortage = `it doesn't fit: ${(plan.available / 1e9).toFixed(1)} GB are available`;
        const nothing = { seconds: null, resident: null, promised, note: plan.problem?.message ?? shortage };
        this.#add({ name: `train ${precision}`, outcome: "skipped", ...nothing });
        continue;
      }
      const promisedStep = await this.#rehearse(precision, sets);
      await this.#train({ precision, command, promised, promisedStep, isKilled: versions.length === 0 });
      versions.push(version);
    }
    return versions;
  }

  /** Returns the seconds of a step that the app's own rehearsal promises for 32 layers; null for other shapes. */
  async #rehearse(precision, sets) {
    if (this.#setting.shape !== "7b") return null;
    const words = ["rehearse", "--version", "v1", "--preset", preset, ...sets];
    const { document, seconds, memory } = await this.#command(words, { accepted: [0, 1] });
    this.#done(`rehearse in the app (${precision})`, seconds, memory.trainer?.peak ?? null);
    const { pace } = document;
    return pace.kind === "measured" ? pace.seconds : null;
  }

  async #train({ precision, command, promised, promisedStep, isKilled }) {
    const name = `train ${precision}`;
    let finished;
    if (isKilled) {
      const killed = await this.#command(command, {
        accepted: [137],
        whileRunning: (kill) => this.#afterCheckpoint(kill),
      });
      this.#done(`${name} until a checkpoint, kill`, killed.seconds, killed.memory.trainer?.peak ?? null);
      // A failed gate ends the run with code 1.
      finished = await this.#command(["runs", "resume", this.#lastRun()], { accepted: [0, 1] });
      if (!(lastBegin(this.#trainerEvents()).event.resumedAtStep > 0))
        throw new Error("the run started again from step 0");
    } else {
      finished = await this.#command(command, { accepted: [0, 1] });
    }
    const { memory, seconds } = finished;
    const events = this.#trainerEvents();
    const { at, event } = lastBegin(events);
    const needed = neededBySteps(memory.trainer, Date.parse(at));
    const measured = { promised, accelerator: memory.accelerator };
    const loading = `${(memory.trainer.peak / 1e9).toFixed(2)} GB while loading`;
    const note = `${event.maxSteps} steps, the longest row ${event.tokens.longestRow} tokens; ${loading}`;
    const what = isKilled ? `resume ${precision} to the end` : name;
    this.#done(what, memory.trainer.seconds, needed, { ...measured, note });
    this.#done(`one step (${precision})`, fastestStep(events), null, { promisedSeconds: promisedStep });
    await this.#gate(precision, seconds - memory.trainer.seconds, memory);
  }

  /** Adds the gate's verdict. Promotes an adapter that failed it, so that the later stages can run. */
  async #gate(precision, seconds, { engine, accelerator }) {
    const run = this.#lastRun();
    const file = path.join(this.#runs(), run, "gate.json");
    if (!existsSync(file)) throw new Error(`the training ${run} ended before its parity gate`);
    const { passed, reasons } = JSON.parse(readFileSync(file, "utf8"));
    const more = passed ? {} : { outcome: "failed", note: reasons.join("; ") };
    this.#done(`gate (${precision})`, seconds, engine?.peak ?? null, { accelerator, ...more });
    if (!passed) await this.#command(["promote", run, "--gate-failed", "rehearsal"]);
  }

  /** Returns the name of the newest run's folder. */
  #lastRun() {
    return readdirSync(this.#runs()).sort().at(-1);
  }

  #runs() {
    return path.join(this.#workspace, "runs");
  }

  #trainerEvents() {
    return readTrainerEvents(path.join(this.#runs(), this.#lastRun()));
  }

  /** Calls `kill` when a checkpoint is complete. Returns how to stop waiting. */
  #afterCheckpoint(kill) {
    const clock = setInterval(() => {
      const run = existsSync(this.#runs()) ? this.#lastRun() : undefined;
      if (run === undefined) return;
      const checkpoints = path.join(this.#runs(), run, "checkpoints");
      const names = existsSync(checkpoints) ? readdirSync(checkpoints) : [];
      if (!names.some((name) => existsSync(path.join(checkpoints, name, "complete.json")))) return;
      clearInterval(clock);
      kill();
    }, pollMs);
    return () => clearInterval(clock);
  }

  async #evaluate(version) {
    const words = ["eval", "--version", version, "--judge", "rule"];
    const { seconds, memory } = await this.#command(words);
    const { accelerator } = memory;
    this.#done(`eval ${version}, 8 rows`, seconds, memory.engine?.peak ?? null, { accelerator });
  }

  async #export(version) {
    const folder = path.join(this.#folder, "export");
    mkdirSync(folder);
    const words = ["export", "--version", version, "--as", "merged-gguf"];
    const { seconds, memory } = await this.#command([...words, "--out", path.join(folder, "merged.gguf")]);
    this.#done("merged export", seconds, memory.trainer?.peak ?? null);
  }
}
