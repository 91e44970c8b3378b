import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../services/files/fileLayer.ts";
import { environmentSource, fromOutside } from "../services/settings/outside.ts";
import { createSettingsService } from "../services/settings/settingsService.ts";
import { settingsRouter } from "./settings.ts";

const key = "sk-echoed-0123456789abcdef";
let folder: string;
let server: Server;
let answer: { status: number; headers?: Record<string, string>; body: string };
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "settings-router-"));
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function client() {
  const { port } = server.address() as AddressInfo;
  const environment = environmentSource({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
    NAMEWRIGHT_JUDGE_MODEL: "m",
  });
  const service = createSettingsService(
    {
      name: "test",
      paths: { userData: folder, resources: folder, sample: folder, embeddedBase: folder },
      secrets: { get: async () => null },
      ...fromOutside([environment]),
      launchWorker: () => {
        throw new Error("no worker is needed");
      },
    },
    createFileLayer(),
  );
  return createRouterClient(settingsRouter(service), { context: {} });
}

const json = { "content-type": "application/json" };
const error = (message: unknown) => JSON.stringify({ error: { message } });
const reply = (message: unknown) => JSON.stringify({ choices: [{ finish_reason: "stop", message }] });

describe("settings.testJudge", () => {
  it.each([
    ["a 400", { status: 400, headers: json, body: error(`Incorrect API key provided: Bearer ${key}`) }],
    ["a 401", { status: 401, headers: json, body: error(key) }],
    ["a 429", { status: 429, headers: json, body: error({ key }) }],
    ["a 500", { status: 500, headers: { "x-request-id": key }, body: key }],
    ["a reply that isn't the requested JSON", { status: 200, headers: json, body: reply({ content: key }) }],
    ["a refusal", { status: 200, headers: json, body: reply({ refusal: `not ${key}` }) }],
    ["a page", { status: 200, headers: { "content-type": `text/html;${key}` }, body: `<html>${key}` }],
  ])("never passes the key on from %s", async (_, given) => {
    answer = given;
    const test = await client().testJudge();
    expect(test.outcome).toBe("failed");
    expect(JSON.stringify([test, await client().get()])).not.toContain(key);
  });
});
