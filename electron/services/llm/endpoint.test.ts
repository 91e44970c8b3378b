import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { contentOf } from "../../../e2e/judge-replies.mjs";
import { JudgeSettingsSchema } from "../../../shared/schema/judge.ts";
import { createJudge } from "../judge/createJudge.ts";
import { judgeDependencies } from "../testing/judge.ts";
import { createChatEndpoint } from "./endpoint.ts";

const key = "sk-echoed-0123456789abcdef";
const never = new AbortController().signal;
const names = ["crumb-rise", "loaf-lane", "sourdawn", "crustcorner", "goldenloaf"];
const question = { system: "Judge.", user: "A bakery", schemaName: "s", schema: {} };

type Answer = (request: IncomingMessage & { text: string }, response: ServerResponse) => void;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts an endpoint with this answer and records its requests. */
async function endpointThat(answer: Answer) {
  const requests: (IncomingMessage & { text: string })[] = [];
  const server = createServer(async (incoming, response) => {
    const request = Object.assign(incoming, { text: "" });
    for await (const chunk of incoming) request.text += chunk;
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, baseUrl: `${origin}/v1`, requests };
}

function askAt(baseUrl: string, over: { key?: string } = {}) {
  const settings = JudgeSettingsSchema.parse({
    baseUrl,
    model: "m",
    replyTimeoutMs: 20_000,
    bodyTimeoutMs: 20_000,
  });
  return createChatEndpoint(settings, over.key ?? key, () => 0).attempt(question, never);
}

const completion = (content: string) => ({
  choices: [{ finish_reason: "stop", message: { content } }],
  usage: { prompt_tokens: 30, completion_tokens: 10 },
});

const send = (response: ServerResponse, status: number, value: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));

const escaped = (text: string) =>
  [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

describe("a key that the endpoint echoes", () => {
  const echoes: readonly (readonly [string, Answer])[] = [
    [
      "the message of a 400",
      ({ headers }, response) =>
        send(response, 400, { error: { message: `Incorrect API key provided: ${headers.authorization}` } }),
    ],
    ["the whole error of a 400", (_, response) => send(response, 400, { error: { detail: { key } } })],
    ["a plain text of a 429", (_, response) => void response.writeHead(429).end(`key ${key} is too fast`)],
    ["the message of a 500", (_, response) => send(response, 500, { error: { message: `at ${key}` } })],
    [
      "JSON escapes of a 400",
      (_, response) => void response.writeHead(400).end(`{"error":{"message":"no ${escaped(key)}"}}`),
    ],
    [
      "the model's code of a 404",
      (_, response) => send(response, 404, { error: { message: "no", code: key } }),
    ],
    [
      "the content type of a page",
      (_, response) =>
        void response.writeHead(200, { "content-type": `text/html; x=${key}` }).end(`<html>${key}`),
    ],
    [
      "a refusal",
      (_, response) =>
        send(response, 200, { choices: [{ message: { refusal: `I will not repeat ${key}` } }] }),
    ],
    ["a reply", (_, response) => send(response, 200, completion(`{"reason":"${key}"}`))],
    [
      "nested escapes of a reply",
      (_, response) => send(response, 200, completion(`{"reason":"${escaped(key)}"}`)),
    ],
  ];

  it.each(echoes)("is removed from %s", async (_, answer) => {
    const { baseUrl, requests } = await endpointThat(answer);
    const result = await askAt(baseUrl).catch((error: Error) => error);
    const shown = `${JSON.stringify(result)} ${result instanceof Error ? `${result.message} ${result.cause}` : ""}`;
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(shown).not.toContain(key);
    expect(shown).not.toContain("u0073");
  });

  it("is removed from a verdict's reason before it is cached", async () => {
    const { baseUrl } = await endpointThat((request, response) => {
      const content = JSON.stringify(contentOf(JSON.parse(request.text), { words: 0, names: 0 })).replaceAll(
        "scripted",
        `says ${key}`,
      );
      send(response, 200, completion(content));
    });
    const dependencies = { ...(await judgeDependencies(baseUrl)), apiKey: async () => key };
    const judge = await createJudge("openai", dependencies);
    const verdict = await judge.scoreNames({ description: "A small bakery", names }, never);
    expect(verdict).toMatchObject({ kind: "scored" });
    expect(JSON.stringify(verdict)).toContain("says [redacted]");
    const cached = await readFile(dependencies.cacheFile, "utf8");
    expect(cached).toContain("says [redacted]");
    expect(cached + JSON.stringify(verdict)).not.toContain(key);
  });

  it("is never sent or shown if it isn't valid in a header", async () => {
    const { baseUrl, requests } = await endpointThat((_, response) => void response.writeHead(500).end());
    const result = await askAt(baseUrl, { key: "sk-with-a-\n-inside" });
    expect(requests).toEqual([]);
    expect(JSON.stringify(result)).not.toContain("inside");
  });
});

/** Writes an endless body of up to `most` bytes. Resolves with the bytes that were sent before the connection closed. */
function pour(response: ServerResponse, most: number): Promise<number> {
  const chunk = Buffer.alloc(64 * 1024, "x");
  let written = 0;
  return new Promise((resolve) => {
    response.on("close", () => resolve(written));
    const more = () => {
      while (written < most && !response.destroyed) {
        written += chunk.length;
        if (!response.write(chunk)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  });
}

describe("the body of an error", () => {
  const huge = 50_000_000;

  it.each([400, 404, 429, 500])("is read up to 64 kB, then the connection is closed: %i", async (status) => {
    let poured: Promise<number> | undefined;
    const { baseUrl } = await endpointThat((_, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      poured = pour(response, huge);
    });
    const result = await askAt(baseUrl).catch((error: Error) => error);
    // The system's socket buffers take a few megabytes, regardless of the body's length.
    expect(await poured).toBeLessThan(huge / 3);
    if (status !== 404)
      expect(result).toMatchObject({ detail: expect.stringContaining("larger than 64000 bytes") });
  });

  it("is counted in decoded bytes", async () => {
    const bomb = gzipSync(JSON.stringify({ error: { message: "x".repeat(20_000_000) } }));
    const { baseUrl } = await endpointThat(
      (_, response) => void response.writeHead(400, { "content-encoding": "gzip" }).end(bomb),
    );
    expect(bomb.length).toBeLessThan(64_000);
    expect(await askAt(baseUrl)).toMatchObject({
      detail: expect.stringContaining("larger than 64000 bytes"),
    });
  });

  it("is read up to 64 kB", async () => {
    const message = `the very end${" ".repeat(60_000)}`;
    const { baseUrl } = await endpointThat((_, response) => send(response, 400, { error: { message } }));
    expect(await askAt(baseUrl)).toMatchObject({ detail: expect.stringContaining("the very end") });
  });
});

describe("the body of a reply", () => {
  it("is read up to 4 MiB, then the connection is closed", async () => {
    let poured: Promise<number> | undefined;
    const { baseUrl } = await endpointThat((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      poured = pour(response, 100_000_000);
    });
    expect(await askAt(baseUrl)).toMatchObject({
      reason: "connection",
      detail: expect.stringMatching(/larger than 4194304/),
    });
    expect(await poured).toBeLessThan(33_000_000);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])(
    "to another origin is refused, and nothing is sent there: %i",
    async (status) => {
      const other = await endpointThat((_, response) => send(response, 200, completion("{}")));
      const { baseUrl, origin } = await endpointThat((_, response) =>
        response.writeHead(status, { location: `${other.origin}/v1/chat/completions` }).end(),
      );
      await expect(askAt(baseUrl)).rejects.toMatchObject({
        code: "service-refused",
        message: expect.stringMatching(`${origin}.*${other.origin}`),
        hint: expect.stringContaining("OPENAI_BASE_URL"),
      });
      expect(other.requests).toEqual([]);
    },
  );

  it.each([307, 308])("within the origin is followed with the same request: %i", async (status) => {
    const { baseUrl, requests } = await endpointThat((request, response) => {
      if (request.url === "/v1/chat/completions")
        response.writeHead(status, { location: "/real/chat" }).end();
      else send(response, 200, completion('{"ok":1}'));
    });
    expect(await askAt(baseUrl)).toMatchObject({ kind: "text", text: '{"ok":1}' });
    expect(requests.map(({ url }) => url)).toEqual(["/v1/chat/completions", "/real/chat"]);
    expect(requests[1]?.text).toBe(requests[0]?.text);
    expect(requests[1]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it("that drops the request's body is refused with the address to set", async () => {
    const { baseUrl, requests } = await endpointThat((_, response) =>
      response.writeHead(302, { location: "/login" }).end(),
    );
    await expect(askAt(baseUrl)).rejects.toMatchObject({
      code: "service-refused",
      message: expect.stringContaining("/login"),
    });
    expect(requests).toHaveLength(1);
  });

  it("loop ends", async () => {
    const { baseUrl, requests } = await endpointThat((request, response) =>
      response.writeHead(307, { location: request.url }).end(),
    );
    await expect(askAt(baseUrl)).rejects.toMatchObject({
      code: "service-refused",
      message: expect.stringContaining("redirects"),
    });
    expect(requests.length).toBeLessThan(10);
  });
});

describe("environment variables that the openai package reads", () => {
  const variables = {
    OPENAI_ORG_ID: "org-of-the-user",
    OPENAI_PROJECT_ID: "proj-of-the-user",
    OPENAI_ADMIN_KEY: "sk-admin-of-the-user",
    OPENAI_WEBHOOK_SECRET: "whsec-of-the-user",
    OPENAI_CUSTOM_HEADERS: "x-secret: header-of-the-user\nauthorization: Bearer other-of-the-person",
    OPENAI_BASE_URL: "http://127.0.0.1:9/of-the-user",
    OPENAI_LOG: "debug",
  };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  it("aren't sent to the endpoint", async () => {
    const { baseUrl, requests } = await endpointThat((_, response) => send(response, 200, completion("{}")));
    Object.assign(process.env, variables);
    expect(await askAt(baseUrl)).toMatchObject({ kind: "text" });
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(JSON.stringify(requests[0]?.headers)).not.toContain("of-the-user");
  });
});
