// Measures evaluation rows per second: our whole inference service, with probabilities, against plain engines.
import { fork, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createInference } from "../../electron/services/inference/createInference.ts";
import { interleave, median } from "./measure.mjs";
import { baseFolder, baseGguf, promptsOfTestSet, sampleAdapter } from "./models.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const maxTokens = 100;

/** Launches the product's worker as the terminal does. */
function launchWorker(root) {
  const child = fork(path.join(root, "electron/workers/inference/main.ts"), [], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
  });
  return {
    post: (message) => child.connected && child.send(message),
    onMessage: (listener) => child.on("message", listener),
    onExit: (listener) => child.on("exit", listener),
    kill: () => child.kill("SIGKILL"),
    pid: child.pid,
  };
}

/** Returns the processor seconds of these processes, or null if the system doesn't report them. */
function processorSeconds(pids) {
  try {
    const ticks = pids.map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
      return Number(fields[11]) + Number(fields[12]);
    });
    return ticks.reduce((sum, one) => sum + one, 0) / ticksPerSecond;
  } catch {
    return null;
  }
}

/** Clock ticks per second of Linux, on every machine that Node supports. */
const ticksPerSecond = 100;

/** Returns our engine: `run(contents)` resolves to the seconds and the texts in row order. */
async function openOurs(root, gguf, adapter, prefix) {
  const pids = [];
  const launch = () => {
    const port = launchWorker(root);
    pids.push(port.pid);
    return port;
  };
  const service = createInference({ launchWorker: launch, gpu: "none" });
  const model = {
    gguf,
    adapter: adapter === null ? null : { id: adapter.gguf, path: adapter.gguf, scale: 1 },
  };
  const engine = await service.describe(model);
  const run = async (contents) => {
    const texts = new Array(contents.length);
    const before = processorSeconds(pids);
    const begun = performance.now();
    await service.generateRows({
      model,
      rows: contents.map((content, index) => ({ key: String(index), content, seed: index })),
      choice: { temperature: 0, maxTokens },
      sharedPrefix: prefix,
      onRow: ({ key, text }) => {
        texts[Number(key)] = text;
      },
    });
    const seconds = (performance.now() - begun) / 1000;
    const after = processorSeconds(pids);
    return { seconds, processorSeconds: before === null || after === null ? null : after - before, texts };
  };
  return { engine, run, close: () => service.stop() };
}

/** Returns plain node-llama-cpp in a separate process, with the thread count that our engine measured as best. */
async function openPlain(gguf, adapter, threads) {
  const options = { gguf, adapter: adapter?.gguf ?? null, threads, maxTokens };
  const child = fork(path.join(here, "plainLlama.mjs"), [JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise((_resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`plain node-llama-cpp exited with code ${code}`)));
  });
  // Nothing awaits this promise while the process is idle or after it was closed.
  ended.catch(() => undefined);
  const answer = () => Promise.race([new Promise((resolve) => child.once("message", resolve)), ended]);
  await answer();
  const run = (contents, probabilities) => {
    const answered = answer();
    child.send({ contents, probabilities });
    return answered;
  };
  return { run, close: () => child.kill() };
}

async function openTransformers(python, folder, adapter) {
  const words = [path.join(here, "generate.py"), folder, adapter?.peft ?? "", String(maxTokens)];
  const child = spawn(python, words, { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("transformers ended without an answer");
    return JSON.parse(value);
  };
  const { threads } = await answer();
  const run = (contents) => {
    child.stdin.write(`${JSON.stringify(contents)}\n`);
    return answer();
  };
  return { threads, run, close: () => child.kill() };
}

const equalTexts = (one, other) => one.filter((text, index) => text === other[index]).length;

/** Formats the processor time, which is independent of the machine's other load. */
function processorNote(found, rows) {
  const of = (side) => {
    const spent = found.map((pair) => pair[side].processorSeconds);
    return spent.includes(null) ? null : `${((median(spent) / rows) * 1000).toFixed(1)} ms`;
  };
  const [ours, theirs] = [of("ours"), of("baseline")];
  return ours === null || theirs === null ? "" : `; processor time a row ${ours} against ${theirs}`;
}

function measureOf({ what, against, goal, aim, found, rows, note }) {
  const last = found.at(-1);
  const equal = equalTexts(last.baseline.texts, last.ours.texts);
  return {
    what,
    against,
    better: "higher",
    goal,
    aim,
    ratios: found.map(({ baseline, ours }) => baseline.seconds / ours.seconds),
    note: `${(rows / last.ours.seconds).toFixed(1)} rows/s against ${(rows / last.baseline.seconds).toFixed(1)}; ${equal} of ${rows} texts equal; ${note}${processorNote(found, rows)}`,
  };
}

const names = {
  plain: {
    what: "evaluation rows/s, ours with probabilities",
    against: "plain node-llama-cpp, one row at a time, without them",
    goal: 2,
    aim: 3,
    better: "higher",
  },
  alike: {
    what: "evaluation rows/s, probabilities on both sides",
    against: "plain node-llama-cpp, one row at a time, with them",
    goal: 2,
    aim: 3,
    better: "higher",
  },
  study: {
    what: "evaluation rows/s, greedy text equal",
    against: "transformers + peft `generate`, row by row",
    goal: 5,
    aim: 10,
    better: "higher",
  },
};

/** The rows of a typical test set, so that the last rows of a run, in half-empty lanes, weigh little. */
const rows = Number(process.env.NAMEWRIGHT_BENCH_ROWS ?? 192);
const studyRows = Math.min(rows, 96);

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, python, scratch }) {
  const folder = baseFolder(root);
  if (folder === null)
    return Object.values(names).map((name) => ({ ...name, missing: "embedded base not found" }));
  const gguf = baseGguf(root, python, folder, scratch);
  const adapter = sampleAdapter();
  const { prefix, contents } = promptsOfTestSet(root, rows);
  const ours = await openOurs(root, gguf, adapter, prefix);
  const { threads, lanes } = ours.engine;
  const on = adapter === null ? "base alone" : "with the adapter of v1";
  const how = `${lanes} lanes, ${threads} thread(s) a process, ${on}`;
  const pairs = Number(process.env.BENCH_PAIRS ?? 5);
  /** Measures one row of the table, on the first `few` rows of the test set. */
  const against = async (name, few, baseline, note) => {
    say(`evaluation: ${name.against}`);
    const asked = contents.slice(0, few);
    const found = await interleave({
      pairs,
      baseline: () => baseline(asked),
      ours: () => ours.run(asked),
    });
    const measured = measureOf({ ...name, found, rows: few, note });
    say(`evaluation: ${measured.note}`);
    return measured;
  };
  try {
    const plain = await openPlain(gguf, adapter, threads);
    const measures = [
      await against(names.plain, rows, (asked) => plain.run(asked, false), how),
      await against(names.alike, rows, (asked) => plain.run(asked, true), how),
    ];
    plain.close();
    const study = await openTransformers(python, folder, adapter);
    const note = `torch on ${study.threads} threads, ${on}`;
    measures.push(await against(names.study, studyRows, study.run, note));
    study.close();
    return measures;
  } finally {
    ours.close();
  }
}
