// Evaluation rows a second: ours through the whole inference service, with probabilities, against plain engines.
import { fork, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createInference } from "../../electron/services/inference/createInference.ts";
import { interleave } from "./measure.mjs";
import { baseFolder, baseGguf, promptsOfTestSet, sampleAdapter } from "./models.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const maxTokens = 100;

/** The product's own worker, launched as the terminal launches it. */
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

/** Ours: `run(contents)` gives seconds and texts in the rows' order. */
async function openOurs(root, gguf, adapter, prefix) {
  const service = createInference({ launchWorker: () => launchWorker(root), gpu: "none" });
  const model = {
    gguf,
    adapter: adapter === null ? null : { id: adapter.gguf, path: adapter.gguf, scale: 1 },
  };
  const engine = await service.describe(model);
  const run = async (contents) => {
    const texts = new Array(contents.length);
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
    return { seconds: (performance.now() - begun) / 1000, texts };
  };
  return { engine, run, close: () => service.stop() };
}

/** Plain node-llama-cpp in a process of its own, on as many threads as ours measured to be best. */
async function openPlain(gguf, adapter, threads) {
  const options = { gguf, adapter: adapter?.gguf ?? null, threads, maxTokens };
  const child = fork(path.join(here, "plainLlama.mjs"), [JSON.stringify(options)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const answer = () =>
    new Promise((resolve, reject) => {
      child.once("message", resolve);
      child.once("exit", (code) => reject(new Error(`plain node-llama-cpp ended with ${code}`)));
    });
  await answer();
  const run = (contents) => {
    const answered = answer();
    child.send({ contents });
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
    note: `${(rows / last.ours.seconds).toFixed(1)} rows/s against ${(rows / last.baseline.seconds).toFixed(1)}; ${equal} of ${rows} texts equal; ${note}`,
  };
}

/** @returns {Promise<import("./measure.mjs").Measure[]>} */
export async function measure({ say, root, python, scratch }) {
  const names = [
    {
      what: "evaluation rows/s",
      against: "plain node-llama-cpp, one row at a time",
      goal: 2,
      aim: 3,
      better: "higher",
    },
    {
      what: "evaluation rows/s, greedy text equal",
      against: "transformers + peft `generate`, row by row",
      goal: 5,
      aim: 10,
      better: "higher",
    },
  ];
  const folder = baseFolder(root);
  if (folder === null) return names.map((name) => ({ ...name, missing: "there is no embedded base" }));
  const gguf = baseGguf(root, python, folder, scratch);
  const adapter = sampleAdapter(root);
  const { prefix, contents } = promptsOfTestSet(root, 48);
  const ours = await openOurs(root, gguf, adapter, prefix);
  const { threads, lanes } = ours.engine;
  const on = adapter === null ? "base alone" : "with the adapter of v1";
  try {
    say(`evaluation: plain node-llama-cpp, ${threads} threads`);
    const plain = await openPlain(gguf, adapter, threads);
    const found = await interleave({
      pairs: Number(process.env.BENCH_PAIRS ?? 7),
      baseline: () => plain.run(contents),
      ours: () => ours.run(contents),
    });
    plain.close();
    const first = measureOf({
      ...names[0],
      found,
      rows: contents.length,
      note: `${lanes} lanes, ${threads} thread(s) both, ${on}; ours with probabilities`,
    });
    say(`evaluation: ${first.note}`);
    say("evaluation: transformers");
    const few = contents.slice(0, 16);
    const study = await openTransformers(python, folder, adapter);
    const other = await interleave({
      pairs: Number(process.env.BENCH_PAIRS ?? 3),
      baseline: () => study.run(few),
      ours: () => ours.run(few),
    });
    study.close();
    const second = measureOf({
      ...names[1],
      found: other,
      rows: few.length,
      note: `torch on ${study.threads} threads, ${on}`,
    });
    return [first, second];
  } finally {
    ours.close();
  }
}
