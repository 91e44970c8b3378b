// Runs node-llama-cpp as its manual shows: one context, one sequence, one row after the other, optionally with
// probabilities. Forked by evaluation.mjs.
import { getLlama } from "node-llama-cpp";

const { gguf, adapter, threads, maxTokens } = JSON.parse(process.argv[2]);
const llama = await getLlama({ gpu: false, build: "never", progressLogs: false });
const model = await llama.loadModel({ modelPath: gguf });
const context = await model.createContext({
  contextSize: 1024,
  threads,
  ...(adapter === null ? {} : { lora: { adapters: [{ filePath: adapter, scale: 1 }] } }),
});
const sequence = context.getSequence();
const control = ["[INST]", "[/INST]"].map((text) => model.tokenize(text, true)[0]);

async function complete(content) {
  const prompt = [model.tokens.bos, control[0], ...model.tokenize(content, false), control[1]];
  await sequence.clearHistory();
  const tokens = [];
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    if (token === model.tokens.eos || tokens.push(token) >= maxTokens) break;
  }
  return model.detokenize(tokens, true);
}

/** Returns the next token after `tokens`, with the probability of every token or only of the selected one. */
async function next(tokens, asked) {
  const generateNext = { token: true, ...asked, options: { temperature: 0 } };
  const outputs = await sequence.controlledEvaluate([
    ...tokens.slice(0, -1),
    [tokens.at(-1), { generateNext }],
  ]);
  return outputs.at(-1).next;
}

/** Returns the same text, with P(refusal) from the first distribution and each token's probability. */
async function completeWithProbabilities(content) {
  const prompt = [model.tokens.bos, control[0], ...model.tokenize(content, false), control[1]];
  await sequence.clearHistory();
  const first = await next(prompt, { probabilities: true });
  const refusal = first.probabilities.get(model.tokens.eos) ?? 0;
  const chosen = [first.probabilities.get(first.token)];
  const tokens = [];
  let { token } = first;
  while (token !== model.tokens.eos && tokens.push(token) < maxTokens) {
    const step = await next([token], { confidence: true });
    chosen.push(step.confidence);
    token = step.token;
  }
  return { text: model.detokenize(tokens, true), refusal, chosen };
}

process.on("message", async ({ contents, probabilities }) => {
  const begun = performance.now();
  const before = process.cpuUsage();
  const texts = [];
  for (const content of contents) {
    texts.push(probabilities ? (await completeWithProbabilities(content)).text : await complete(content));
  }
  const { user, system } = process.cpuUsage(before);
  process.send({
    seconds: (performance.now() - begun) / 1000,
    processorSeconds: (user + system) / 1e6,
    texts,
  });
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
