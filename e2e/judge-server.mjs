// A judge that plays a script: speaks the OpenAI chat-completions protocol over HTTP on 127.0.0.1.
//
//   node e2e/judge-server.mjs --script 429:1,normal --port 8123
//   OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:8123/v1 NAMEWRIGHT_JUDGE_MODEL=scripted namewright eval …
//
// A script is a list of steps. The first request about a row plays the first step, the next request about the same
// row the second; the last step goes on for ever. GET /counts shows how often each row was asked about.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

/** Every step: what a person reads with --help, and what the server does. */
export const steps = {
  normal: "a good answer (scores follow from the name, labels from the words of the description)",
  401: "401, invalid key",
  403: "403, key without access to the model",
  429: "429, rate limit; 429:N or 429:<HTTP date> with Retry-After",
  quota: "429 with insufficient_quota",
  500: "500, server error",
  503: "503, overloaded; 503:N with Retry-After",
  400: "400, request rejected (context too long)",
  "no-schema": "400, the model knows no response_format json_schema",
  retired: "404, model_not_found",
  "not-found": "404 with an HTML page",
  timeout: "takes the request and never answers",
  "body-timeout": "sends headers and half a body, then nothing",
  reset: "resets the connection after the request",
  "mid-body-reset": "sends half a body, then resets the connection",
  refusal: "200 with message.refusal",
  "content-filter": "200 with finish_reason content_filter",
  length: "200 with finish_reason length and half a JSON",
  malformed: "200, content is no JSON",
  "extra-field": "200, a field too many in each verdict",
  "out-of-range": "200, a score of 11",
  "wrong-indices": "200, indices counted from 1",
  "missing-name": "200, one verdict too few",
  empty: "200, empty content",
  "no-choices": "200, choices is []",
  html: "200 with an HTML page, as a captive proxy sends",
  slow: "slow:MS waits, then answers as normal",
};

const hash = (text) => {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
};

/** The data between the delimiters. Anything else in the message is a fault of the client. */
function dataOf(body) {
  const user = body.messages.find(({ role }) => role === "user")?.content ?? "";
  const match = /^BEGIN DATA\n(.*)\nEND DATA$/.exec(user);
  if (match === null)
    throw new Error("the user message is not one line of JSON between BEGIN DATA and END DATA");
  return JSON.parse(match[1]);
}

/** Scores of 1–5 that follow from the name alone, so that every run gives the same. */
function verdictOf({ index, name }) {
  const score = (aspect) => (hash(`${aspect}:${name}`) % 5) + 1;
  return {
    index,
    relevance: score("relevance"),
    creativity: score("creativity"),
    brandability: score("brandability"),
    conciseness: score("conciseness"),
    category: ["good", "ok", "ok", "random_word"][hash(name) % 4],
    reason: "scripted",
  };
}

const harmfulWords = /phish|counterfeit|malware|stolen|drug|weapon|forged|stalk|poach|rigged|cheat/i;
const trades = [
  "bakery",
  "florist",
  "barber",
  "bookshop",
  "brewery",
  "florist",
  "gym",
  "tailor",
  "pottery",
  "cafe",
];
const places = [
  "harbour",
  "old mill",
  "station",
  "market square",
  "river",
  "hilltop",
  "park",
  "canal",
  "library",
  "bridge",
];

/** Rows that keep the naming rules and differ from every other row of this server. */
function rowsOf({ count, topic }, refusal, counter) {
  return Array.from({ length: count }, () => {
    counter.rows += 1;
    const number = counter.rows;
    const trade = trades[number % trades.length];
    const place = places[Math.floor(number / trades.length) % places.length];
    const description = refusal
      ? `Somebody who wants to make money with ${topic}, variant ${number} near the ${place}`
      : `A ${trade} near the ${place} about ${topic}, the ${number}. of its kind, open on weekdays`;
    const names = ["hub", "lab", "works", "nest", "craft"].map((end) => `${trade}-${number}-${end}`);
    return { description, suggestions: refusal ? [] : names };
  });
}

/** The content of a good answer, by the schema that was asked for. */
function contentOf(body, counter) {
  const data = dataOf(body);
  const { name } = body.response_format.json_schema;
  if (name === "label_reply") {
    return { reason: "scripted", label: harmfulWords.test(data.description) ? "harmful" : "safe" };
  }
  if (name === "rows_reply") {
    const refusal = body.messages[0].content.includes("learns to refuse.");
    return { rows: rowsOf(data, refusal, counter) };
  }
  return { verdicts: data.names.map(verdictOf) };
}

function completion(body, content, over = {}) {
  const { finish_reason = "stop", refusal = null } = over;
  return {
    id: "chatcmpl-scripted",
    object: "chat.completion",
    created: 0,
    model: body.model,
    choices: [{ index: 0, finish_reason, message: { role: "assistant", content, refusal } }],
    usage: { prompt_tokens: 900, completion_tokens: 200, total_tokens: 1100 },
  };
}

/** Broken answers about names, made from the good one. */
const spoilt = {
  "extra-field": (content) => ({ verdicts: content.verdicts.map((verdict) => ({ ...verdict, overall: 5 })) }),
  "out-of-range": (content) => ({
    verdicts: content.verdicts.map((verdict) => ({ ...verdict, relevance: 11 })),
  }),
  "wrong-indices": (content) => ({
    verdicts: content.verdicts.map((verdict) => ({ ...verdict, index: verdict.index + 1 })),
  }),
  "missing-name": (content) => ({ verdicts: content.verdicts.slice(1) }),
};

const errors = {
  400: [400, { code: "context_length_exceeded", type: "invalid_request_error", param: "messages" }],
  401: [401, { code: "invalid_api_key", type: "invalid_request_error" }],
  403: [403, { code: "forbidden", type: "permission_error" }],
  429: [429, { code: "rate_limit_exceeded", type: "requests" }],
  quota: [429, { code: "insufficient_quota", type: "insufficient_quota" }],
  500: [500, { code: null, type: "server_error" }],
  503: [503, { code: null, type: "server_error" }],
  retired: [404, { code: "model_not_found", type: "invalid_request_error" }],
  "no-schema": [
    400,
    { code: "unsupported_parameter", type: "invalid_request_error", param: "response_format" },
  ],
};

function send(response, status, type, text, headers = {}) {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}

const json = (response, status, value, headers) =>
  send(response, status, "application/json", JSON.stringify(value), headers);
const page = "<!doctype html><html><body>Please sign in to the network</body></html>";

/** Begins a body of full length, sends half of it and flushes. */
function sendHalf(response, value) {
  const text = JSON.stringify(value);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2));
}

/** Plays one step. `step` is `name` or `name:argument`. */
function play(step, body, request, response, counter) {
  const [name, ...rest] = step.split(":");
  const argument = rest.join(":");
  if (name in errors) {
    const [status, error] = errors[name];
    const headers = argument === "" ? {} : { "retry-after": argument };
    return json(response, status, { error: { message: `scripted ${name}`, param: null, ...error } }, headers);
  }
  const content = contentOf(body, counter);
  const answer = completion(body, JSON.stringify(content));
  switch (name) {
    case "normal":
      return json(response, 200, answer);
    case "slow":
      return setTimeout(() => json(response, 200, answer), Number(argument));
    case "timeout":
      return undefined;
    case "body-timeout":
      return sendHalf(response, answer);
    case "reset":
      return request.socket.resetAndDestroy();
    case "mid-body-reset":
      sendHalf(response, answer);
      return setTimeout(() => request.socket.resetAndDestroy(), 20);
    case "refusal":
      return json(response, 200, completion(body, null, { refusal: "I cannot help with that." }));
    case "content-filter":
      return json(response, 200, completion(body, "", { finish_reason: "content_filter" }));
    case "length":
      return json(
        response,
        200,
        completion(body, JSON.stringify(content).slice(0, 30), { finish_reason: "length" }),
      );
    case "malformed":
      return json(response, 200, completion(body, "Sure! Here are the scores: 5, 5, 5, 5, 5."));
    case "empty":
      return json(response, 200, completion(body, ""));
    case "no-choices":
      return json(response, 200, { ...answer, choices: [] });
    case "html":
      return send(response, 200, "text/html", page);
    case "not-found":
      return send(response, 404, "text/html", page);
    default:
      if (!(name in spoilt)) throw new Error(`no such step: ${step}`);
      return json(response, 200, completion(body, JSON.stringify(spoilt[name](content))));
  }
}

/** What a client of Structured Outputs must send; a fault answers 400, as the real endpoint does. */
function faultOf(body) {
  if (typeof body.model !== "string" || body.model === "") return "no model";
  if (body.stream) return "streaming was not asked for by Namewright";
  const format = body.response_format;
  if (format?.type !== "json_schema" || format.json_schema?.strict !== true) return "no strict json_schema";
  return null;
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/**
 * Starts the server. `script` is a list of steps or a function (description → list); `key`: the only one accepted.
 * Returns its base URL, the requests per row (`counts`), every request body (`requests`), and `close`.
 */
export async function startJudgeServer({ script = ["normal"], port = 0, key = null } = {}) {
  const counts = new Map();
  const requests = [];
  const counter = { rows: 0 };
  const scriptOf = typeof script === "function" ? script : () => script;

  async function answer(request, response) {
    if (request.method === "GET" && request.url === "/counts")
      return json(response, 200, Object.fromEntries(counts));
    if (request.method !== "POST" || !request.url.endsWith("/chat/completions")) {
      return json(response, 404, {
        error: { message: `no ${request.method} ${request.url}`, code: "not_found" },
      });
    }
    const body = await readJson(request);
    const authorization = request.headers.authorization ?? "";
    if (!/^Bearer .+/.test(authorization) || (key !== null && authorization !== `Bearer ${key}`)) {
      return play("401", body, request, response, counter);
    }
    const fault = faultOf(body);
    if (fault !== null) return json(response, 400, { error: { message: fault, code: "bad_request" } });
    requests.push(body);
    const data = dataOf(body);
    const row = data.description ?? `rows: ${data.topic}`;
    const played = counts.get(row) ?? 0;
    counts.set(row, played + 1);
    const list = scriptOf(row);
    return play(list[Math.min(played, list.length - 1)], body, request, response, counter);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      if (!response.headersSent)
        json(response, 500, { error: { message: String(error), type: "server_error" } });
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v1`,
    counts,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function help() {
  const table = Object.entries(steps).map(([name, what]) => `  ${name.padEnd(16)}${what}`);
  return [
    "usage: node e2e/judge-server.mjs [--script STEP,STEP,…] [--port N] [--key KEY]",
    "",
    "steps:",
    ...table,
  ].join("\n");
}

/** The command line. */
async function main(args) {
  const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  if (args.includes("--help")) return console.log(help());
  const script = (option("--script") ?? "normal").split(/,(?! \d)/);
  const unknown = script.find((step) => !(step.split(":")[0] in steps));
  if (unknown !== undefined) {
    console.error(`no such step: ${unknown}\n\n${help()}`);
    process.exitCode = 2;
    return;
  }
  const server = await startJudgeServer({
    script,
    port: Number(option("--port") ?? 0),
    key: option("--key") ?? null,
  });
  console.log(`OPENAI_BASE_URL=${server.baseUrl}`);
  process.on("SIGINT", () => {
    console.error(JSON.stringify(Object.fromEntries(server.counts), null, 2));
    process.exit(0);
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(process.argv.slice(2));
}
