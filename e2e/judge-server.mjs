// A judge that plays a script. It speaks the OpenAI chat-completions protocol over HTTP on 127.0.0.1.
//
//   node e2e/judge-server.mjs --script 429:1,normal --port 8123
//   OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:8123/v1 NAMEWRIGHT_JUDGE_MODEL=scripted namewright eval …
//
// A script is a list of steps. The first request about a row plays the first step, the next request about the same
// row the second. The last step repeats forever. GET /counts returns the requests per row, and GET /usable the usable
// replies per row.
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { contentOf, dataOf, spoilt } from "./judge-replies.mjs";

/** Every step: its text in --help, and what the server does. */
export const steps = {
  normal: "a good answer (scores follow from the name, labels from the words of the description)",
  401: "401, invalid key",
  403: "403, key without access to the model",
  429: "429, rate limit; with Retry-After 429:N (seconds) or 429:+N (as an HTTP date N seconds from now)",
  "429-requests": "429-requests:6m0s, the limit on requests by x-ratelimit headers, without Retry-After",
  "429-tokens": "429-tokens:6s, the limit on tokens in the same way",
  "too-large": "429, one request above the limit on tokens per minute",
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
  flatter: "200, five out of five for every name, canaries too",
  slow: "slow:MS waits, then answers as normal",
  "no-seed": "422 where the request has a seed, else as normal",
};

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

const errors = {
  400: [400, { code: "context_length_exceeded", type: "invalid_request_error", param: "messages" }],
  401: [401, { code: "invalid_api_key", type: "invalid_request_error" }],
  403: [403, { code: "forbidden", type: "permission_error" }],
  429: [429, { code: "rate_limit_exceeded", type: "requests" }],
  "429-requests": [429, { code: "rate_limit_exceeded", type: null }],
  "429-tokens": [429, { code: "rate_limit_exceeded", type: null }],
  "too-large": [
    429,
    { code: "rate_limit_exceeded", type: "tokens", message: "Request too large: Limit 1000, Requested 1200" },
  ],
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

/** Announces the full body length, sends half of the body and flushes. */
function sendHalf(response, value) {
  const text = JSON.stringify(value);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2));
}

/** Returns the headers of an error that requests a wait. */
function waitHeaders(name, argument) {
  if (argument === "") return {};
  const limit = /^429-(requests|tokens)$/.exec(name)?.[1];
  if (limit !== undefined) {
    return {
      [`x-ratelimit-limit-${limit}`]: "100",
      [`x-ratelimit-remaining-${limit}`]: "0",
      [`x-ratelimit-reset-${limit}`]: argument,
    };
  }
  if (!argument.startsWith("+")) return { "retry-after": argument };
  return { "retry-after": new Date(Date.now() + 1000 * Number(argument)).toUTCString() };
}

/** Plays one step. `step` is `name` or `name:argument`. */
function play(step, body, request, response, contentFor) {
  const [name, ...rest] = step.split(":");
  const argument = rest.join(":");
  if (name in errors) {
    const [status, error] = errors[name];
    const headers = waitHeaders(name, argument);
    return json(response, status, { error: { message: `scripted ${name}`, param: null, ...error } }, headers);
  }
  const content = contentFor(body);
  const answer = completion(body, JSON.stringify(content));
  switch (name) {
    case "no-seed":
      if (body.seed !== undefined) {
        const error = { message: "body.seed: Extra inputs are not permitted", type: "extra_forbidden" };
        return json(response, 422, { error });
      }
      return json(response, 200, answer);
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

/** What a client of Structured Outputs must send. Otherwise the server replies 400, as the real endpoint does. */
function faultOf(body) {
  if (typeof body.model !== "string" || body.model === "") return "no model";
  if (body.stream) return "streaming was not asked for by Namewright";
  const format = body.response_format;
  if (format?.type !== "json_schema" || format.json_schema?.strict !== true) return "no strict json_schema";
  return null;
}

/** What a request of the row writer is about. */
function subjectOf({ business, groups }) {
  if (groups !== undefined) return "groups";
  return business === undefined ? "trades" : `rows: ${business.trade ?? business.harmfulTopic}`;
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** Steps with a usable reply. A client that asks the same again afterwards pays twice. */
const usableSteps = new Set(["normal", "slow", "flatter", "no-seed"]);

/**
 * Starts the server. `script` is a list of steps or a function (description → list). `key` is the only key accepted.
 * `capacity` is the maximum of concurrent requests; others get a 429. `content` replaces usable replies: it receives the
 * data, the schema's name and the usual content. `embed` serves /embeddings: it returns the vector of a text. Returns its base URL, the requests per row
 * (`counts`), the usable replies per question (`usable`, by requested schema and description), every request body
 * (`requests`), the steps played with their times (`log`), the requests being answered now (`answering`, without those
 * that are never answered), and `close`.
 */
export async function startJudgeServer({
  script = ["normal"],
  port = 0,
  key = null,
  capacity = null,
  content,
  embed,
} = {}) {
  const counts = new Map();
  const usable = new Map();
  const requests = [];
  const log = [];
  const counter = { words: 0, names: 0, underWay: 0, answering: 0 };
  const contentFor = (body) => {
    const usual = contentOf(body, counter);
    return content?.(dataOf(body), body.response_format.json_schema.name, usual) ?? usual;
  };
  const scriptOf = typeof script === "function" ? script : () => script;

  async function answer(request, response) {
    if (request.method === "GET" && request.url === "/counts")
      return json(response, 200, Object.fromEntries(counts));
    if (request.method === "GET" && request.url === "/usable")
      return json(response, 200, Object.fromEntries(usable));
    if (embed !== undefined && request.url.endsWith("/embeddings")) {
      const { input } = await readJson(request);
      counts.set("embeddings", 1 + (counts.get("embeddings") ?? 0));
      const data = input.map((text, index) => ({ object: "embedding", index, embedding: embed(text) }));
      return json(response, 200, { object: "list", data, usage: { prompt_tokens: 10, total_tokens: 10 } });
    }
    if (request.method !== "POST" || !request.url.endsWith("/chat/completions")) {
      return json(response, 404, {
        error: { message: `no ${request.method} ${request.url}`, code: "not_found" },
      });
    }
    const body = await readJson(request);
    const authorization = request.headers.authorization ?? "";
    if (!/^Bearer .+/.test(authorization) || (key !== null && authorization !== `Bearer ${key}`)) {
      return play("401", body, request, response, contentFor);
    }
    const fault = faultOf(body);
    if (fault !== null) return json(response, 400, { error: { message: fault, code: "bad_request" } });
    requests.push(body);
    const data = dataOf(body);
    const row = data.description ?? subjectOf(data);
    const played = counts.get(row) ?? 0;
    counts.set(row, played + 1);
    const list = scriptOf(row);
    counter.underWay += 1;
    response.once("close", () => {
      counter.underWay -= 1;
    });
    const full = capacity !== null && counter.underWay > capacity;
    const step = full ? "429" : list[Math.min(played, list.length - 1)];
    if (step !== "timeout") {
      counter.answering += 1;
      response.once("close", () => {
        counter.answering -= 1;
      });
    }
    log.push({ row, step, at: performance.now(), underWay: counter.underWay });
    if (usableSteps.has(step.split(":")[0])) {
      const question = `${body.response_format.json_schema.name} ${row}`;
      response.once("finish", () => usable.set(question, (usable.get(question) ?? 0) + 1));
    }
    return play(step, body, request, response, contentFor);
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
    usable,
    requests,
    log,
    answering: () => counter.answering,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function help() {
  const table = Object.entries(steps).map(([name, what]) => `  ${name.padEnd(16)}${what}`);
  return [
    "usage: node e2e/judge-server.mjs [--script STEP,STEP,…] [--port N] [--key KEY] [--capacity N]",
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
    capacity: option("--capacity") === undefined ? null : Number(option("--capacity")),
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
