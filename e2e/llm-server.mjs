// A real model behind the OpenAI chat-completions protocol, on 127.0.0.1. Needs Node 22.18 or later.
//
//   node e2e/llm-server.mjs model.gguf
//
// It answers in the requested JSON schema, which a grammar enforces. Lists and texts are bounded, because a small model
// would never end them.
import { createServer } from "node:http";
import { getLlama, LlamaChatSession } from "node-llama-cpp";

/** The fewest and most items of a list, by its name, and the most characters of a text. */
const items = { trades: [2, 4], rows: [1, 3], suggestions: [0, 5] };
const characters = 40;
const mostTokens = 768;
/** Tokens of prompt and reply together. */
const contextSize = 4096;

/** Returns the schema with bounds on each list and text. */
function bounded(schema, name = "") {
  switch (schema.type) {
    case "object": {
      const properties = Object.entries(schema.properties).map(([key, one]) => [key, bounded(one, key)]);
      return { ...schema, properties: Object.fromEntries(properties) };
    }
    case "array": {
      const [minItems, maxItems] = items[name] ?? [1, 5];
      return { ...schema, items: bounded(schema.items), minItems, maxItems };
    }
    case "string":
      return schema.enum === undefined ? { ...schema, maxLength: characters } : schema;
    default:
      return schema;
  }
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

function send(response, status, value) {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

const llama = await getLlama({ gpu: false, build: "never" });
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize, threads: 1 });
const sequence = context.getSequence();

/** Answers one request. Requests are served one after the other. */
async function complete({ model: name, messages, response_format, seed, temperature }) {
  const textOf = (role) => messages.find((message) => message.role === role)?.content ?? "";
  await sequence.clearHistory();
  const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: textOf("system") });
  const before = sequence.tokenMeter.getState();
  const grammar = await llama.createGrammarForJsonSchema(bounded(response_format.json_schema.schema));
  const { responseText, stopReason } = await session.promptWithMeta(textOf("user"), {
    grammar,
    seed,
    temperature: temperature ?? 1,
    maxTokens: mostTokens,
  });
  session.dispose();
  const used = sequence.tokenMeter.diff(before);
  const finish = stopReason === "maxTokens" ? "length" : "stop";
  const usage = { prompt_tokens: used.usedInputTokens, completion_tokens: used.usedOutputTokens };
  return {
    id: "chatcmpl-local",
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: name,
    choices: [{ index: 0, finish_reason: finish, message: { role: "assistant", content: responseText } }],
    usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
  };
}

let last = Promise.resolve();
const server = createServer(async (request, response) => {
  if (request.method !== "POST" || !request.url.endsWith("/chat/completions")) {
    send(response, 404, { error: { message: `no ${request.method} ${request.url}`, code: "not_found" } });
    return;
  }
  const body = await readJson(request);
  const answered = last.then(() => complete(body));
  last = answered.catch(() => {});
  answered.then(
    (answer) => send(response, 200, answer),
    (error) => send(response, 500, { error: { message: String(error), type: "server_error" } }),
  );
});
server.listen(0, "127.0.0.1", () => {
  console.log(`OPENAI_BASE_URL=http://127.0.0.1:${server.address().port}/v1`);
});
