// Measures what grows with a model's size, on a GGUF with the vocabulary of Mistral 7B and random weights: the hash at
// start, sampled decoding, and lanes. `before` is how it was done before: without a memory of hashes, every logit drawn in
// JavaScript. All figures are processor time on one thread, which other programs disturb less than wall time.
import { execFileSync } from "node:child_process";
import { existsSync, rmSync, statSync } from "node:fs";
import { utimes } from "node:fs/promises";
import path from "node:path";
import { drawToken } from "../../shared/domain/generation/choice.ts";
import { interleave, median } from "./measure.mjs";

const tokens = 16;
const pairs = Number(process.env.BENCH_PAIRS ?? 5);
const milliseconds = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** Runs `work` and returns the processor time that it took in this process, in milliseconds. */
async function timed(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Hashes the file in a separate process, as at the start of the program. Returns the milliseconds for the hash. */
function hashAtStart(root, file, userData) {
  const source = `
    const { createHashMemory } = await import(${JSON.stringify(path.join(root, "electron/services/hashing/hashMemory.ts"))});
    const { createFileLayer } = await import(${JSON.stringify(path.join(root, "electron/services/files/fileLayer.ts"))});
    const memory = createHashMemory({ files: createFileLayer(), userData: ${JSON.stringify(userData)} });
    const before = process.cpuUsage();
    await memory.sha256OfFile(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1000));`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8" }));
}

/** Opens the model with `lanes` sequences, through the same code as the inference process. */
async function openLanes(model, LaneSet, threads, lanes) {
  const options = { contextSize: 256, sequences: lanes, threads, flashAttention: false };
  const context = await model.createContext(options);
  return { context, set: new LaneSet(context, model.tokens.bos, null) };
}

const greedy = () => ({ ids: [], top: 0, draw: null, allows: null });
const sampled = (vocabularySize) => (position) => ({
  ids: [],
  top: 0,
  draw: { temperature: 0.8, uniform: (position * 0.618) % 1, vocabularySize },
  allows: null,
});

/** Generates `tokens` tokens in every lane, and returns the milliseconds per token and the tokens of the first lane. */
async function generate({ set }, choiceAt) {
  const [, ...prompt] = [0, 1, 3, 300, 301, 4];
  const firsts = [];
  for (const lane of set.lanes) firsts.push(await set.open(lane, prompt, greedy()));
  let ids = firsts.map(({ best }) => best);
  const made = [];
  const spent = await timed(async () => {
    for (let position = 0; position < tokens; position += 1) {
      const steps = set.lanes.map((lane, at) => ({ lane, id: ids[at], choice: choiceAt(position) }));
      const results = await set.step(steps);
      ids = results.map(({ chosen }) => chosen.id);
      made.push(ids[0]);
    }
  });
  for (const lane of set.lanes) await lane.cutTo(0);
  return { each: spent / tokens / set.lanes.length, made };
}

/** The same as `generate` for one lane, with every logit handed to JavaScript. */
async function generateFromAll({ set }) {
  const [lane] = set.lanes;
  const first = await set.open(lane, [1, 3, 300, 301, 4], greedy());
  let id = first.best;
  const made = [];
  const generateNext = { token: true, totalLogitWeight: true, logits: true, options: { temperature: 0 } };
  const spent = await timed(async () => {
    for (let position = 0; position < tokens; position += 1) {
      const [{ next }] = await lane.sequence.controlledEvaluate([[id, { generateNext }]]);
      const logits = [...next.logits].map(([token, logit]) => ({ id: token, logit }));
      id = drawToken(logits, 0.8, (position * 0.618) % 1).id;
      made.push(id);
    }
  });
  await lane.cutTo(0);
  return { each: spent / tokens, made };
}

function row(what, before, after, note) {
  return `| ${what} | ${before} | ${after} | ${note} |`;
}

/** @returns {Promise<{markdown: string}>} a separate table, because these are times of one model */
export async function measure({ say, root, python, scratch }) {
  const file = path.join(scratch, "large.gguf");
  if (!existsSync(file)) execFileSync(python, [path.join(root, "scripts/bench/large_model.py"), file]);
  const bytes = statSync(file).size;
  const size = `${(bytes / 1e6).toFixed(0)} MB`;
  const lines = [];

  const userData = path.join(scratch, "hash-memory");
  const old = new Date(Date.now() - 60_000);
  await utimes(file, old, old);
  const hashes = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    rmSync(userData, { recursive: true, force: true });
    hashes.push({ baseline: hashAtStart(root, file, userData), ours: hashAtStart(root, file, userData) });
  }
  const of = (found, side) => median(found.map((pair) => pair[side]));
  const [hashed, remembered] = [of(hashes, "baseline"), of(hashes, "ours")];
  const perGigabyte = ((hashed / bytes) * 1e9) / 1000;
  lines.push(
    row(
      `hash at start, ${size}`,
      milliseconds(hashed),
      milliseconds(remembered),
      `${perGigabyte.toFixed(2)} s per GB before: ${(perGigabyte * 14.5).toFixed(0)} s for 14.5 GB`,
    ),
  );
  say(lines.at(-1));

  const { getLlama } = await import("node-llama-cpp");
  const { LaneSet } = await import("../../electron/workers/inference/lanes.ts");
  const llama = await getLlama({ gpu: false, build: "never", progressLogs: false });
  const model = await llama.loadModel({ modelPath: file });
  const vocabularySize = [...model.iterateAllTokens()].length;
  const threads = 1;
  const one = await openLanes(model, LaneSet, threads, 1);
  const draws = await interleave({
    pairs,
    baseline: () => generateFromAll(one),
    ours: async () => ({
      greedy: await generate(one, greedy),
      sampled: await generate(one, sampled(vocabularySize)),
    }),
  });
  const base = median(draws.map(({ ours }) => ours.greedy.each));
  const extra = (each) => milliseconds(each - base);
  const last = draws.at(-1);
  const same = last.baseline.made.every((id, at) => id === last.ours.sampled.made[at]);
  lines.push(
    row(
      `sampling a token, beyond greedy decoding, ${vocabularySize.toLocaleString("en")} tokens`,
      extra(median(draws.map(({ baseline }) => baseline.each))),
      extra(median(draws.map(({ ours }) => ours.sampled.each))),
      `greedy ${milliseconds(base)}; ${same ? "the same tokens" : "OTHER TOKENS"}`,
    ),
  );
  say(lines.at(-1));

  const four = await openLanes(model, LaneSet, threads, 4);
  for (const lanes of [8]) {
    const many = await openLanes(model, LaneSet, threads, lanes);
    const found = await interleave({
      pairs,
      baseline: () => generate(four, greedy),
      ours: () => generate(many, greedy),
    });
    const [before, after] = ["baseline", "ours"].map((side) => median(found.map((pair) => pair[side].each)));
    lines.push(
      row(
        `a token with ${lanes} lanes instead of 4, on a CPU`,
        milliseconds(before),
        milliseconds(after),
        "more lanes pay off on a GPU only",
      ),
    );
    say(lines.at(-1));
    await many.context.dispose();
  }
  await model.dispose();
  const head = ["| Large model, processor time | Before | Now | Seen |", "| --- | ---: | ---: | --- |"];
  return { markdown: [...head, ...lines].join("\n") };
}
