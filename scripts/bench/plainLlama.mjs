// node-llama-cpp as its manual shows it: one context, one sequence, one row after the other. Forked by evaluation.mjs.
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

process.on("message", async ({ contents }) => {
  const begun = performance.now();
  const texts = [];
  for (const content of contents) texts.push(await complete(content));
  process.send({ seconds: (performance.now() - begun) / 1000, texts });
});
process.on("disconnect", () => process.exit(0));
process.send("ready");
