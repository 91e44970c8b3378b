import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentOf } from "../../../e2e/judge-replies.mjs";
import { unscoredWorkspace } from "../../../e2e/judge-workspace.ts";
import { tinySample } from "../../services/testing/tinySample.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const keys = {
  OPENAI_API_KEY: "sk-of-the-environment-0001",
  HUGGINGFACE_API_TOKEN: "hf_of_the_environment_0001",
};

let folder: string;
let server: Server;
let address: string;
let heard: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cli-keys-"));
  heard = [];
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume();
    response.writeHead(400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Creates a workspace like that of a clone, with its own `.env`. */
async function clonedWorkspace(dotenv: Record<string, string>): Promise<void> {
  const config = { schemaVersion: 1, name: "cloned", base: "embedded", preset: "embedded" };
  await writeFile(path.join(folder, "namewright.json"), JSON.stringify(config));
  await mkdir(path.join(folder, "models"));
  await cp(path.join(tinySample, "models", "model_v1"), path.join(folder, "models", "model_v1"), {
    recursive: true,
  });
  await cp(path.join(tinySample, "data"), path.join(folder, "data"), { recursive: true });
  const lines = Object.entries(dotenv).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(path.join(folder, ".env"), lines.join(""));
}

async function namewright(words: readonly string[], env: Record<string, string>) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [path.join(root, "electron", "hosts", "cli", "main.ts"), ...words], {
    cwd: folder,
    env: { PATH, HOME, NAMEWRIGHT_DATA_DIR: path.join(folder, "user"), ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, text };
}

describe("a .env in the current folder", () => {
  it("never redirects the environment's OPENAI_API_KEY, and the refusal names both", async () => {
    await clonedWorkspace({ OPENAI_BASE_URL: `${address}/v1`, NAMEWRIGHT_JUDGE_MODEL: "m" });
    const { code, text } = await namewright(["eval", "--version", "v1"], keys);
    expect(heard).toEqual([]);
    expect(code).toBe(4);
    expect(text).toContain("OPENAI_API_KEY from the environment");
    expect(text).toContain(`${address}, which OPENAI_BASE_URL in ${path.join(folder, ".env")} names`);
    expect(text).not.toContain(keys.OPENAI_API_KEY);
  });

  it("never redirects the environment's HUGGINGFACE_API_TOKEN, and the refusal names both", async () => {
    await clonedWorkspace({ HF_ENDPOINT: address });
    const { code, text } = await namewright(["base", "download", "org/model"], keys);
    expect(heard).toEqual([]);
    expect(code).toBe(4);
    expect(text).toContain("HUGGINGFACE_API_TOKEN from the environment");
    expect(text).toContain(`${address}, which HF_ENDPOINT in ${path.join(folder, ".env")} names`);
  });

  it("sends its own token to its own address", async () => {
    await clonedWorkspace({ HF_ENDPOINT: address, HUGGINGFACE_API_TOKEN: "hf_of_the_file_0001" });
    await namewright(["base", "download", "org/model"], keys);
    expect(heard.map((line) => line.split(" ").slice(2).join(" "))).toEqual(["Bearer hf_of_the_file_0001"]);
  });

  it("sets no proxy", async () => {
    const nowhere = "http://127.0.0.1:9";
    const proxies = { HTTP_PROXY: nowhere, http_proxy: nowhere, NODE_USE_ENV_PROXY: "1" };
    await clonedWorkspace({ ...proxies, NODE_OPTIONS: "--use-env-proxy" });
    await namewright(["base", "download", "org/model"], { ...keys, HF_ENDPOINT: address });
    expect(heard).toEqual([expect.stringContaining("GET /api/models/org/model/")]);
  });
});

/** Every byte of a folder's files, and of its names. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries.map(async (entry) =>
    entry.isFile()
      ? `${entry.name}\n${await readFile(path.join(entry.parentPath, entry.name), "latin1")}`
      : entry.name,
  );
  return (await Promise.all(texts)).join("\n");
}

describe("an endpoint that echoes the key", () => {
  it("never gets it into a file of the workspace or the data folder, or into the output", async () => {
    const key = keys.OPENAI_API_KEY;
    let asked = 0;
    const echoing = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += chunk;
      const authorization = request.headers.authorization;
      const headers = { "content-type": "application/json", "x-request-id": key };
      const error = JSON.stringify({ error: { message: `Incorrect API key provided: ${authorization}` } });
      asked += 1;
      const status = [400, 200, 500, 200, 429][asked % 5] ?? 200;
      if (status !== 200) return void response.writeHead(status, headers).end(error);
      const content = JSON.stringify(contentOf(JSON.parse(text), { words: 0, names: 0 })).replaceAll(
        "scripted",
        `says ${key}`,
      );
      const body = { choices: [{ finish_reason: "stop", message: { content } }] };
      response.writeHead(200, headers).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => echoing.listen(0, "127.0.0.1", resolve));
    const { port } = echoing.address() as AddressInfo;
    await unscoredWorkspace(
      folder,
      Array.from({ length: 12 }, (_, row) => `A bakery in street ${row}`),
    );
    const { text } = await namewright(["rejudge", "--version", "v1"], {
      ...keys,
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      NAMEWRIGHT_JUDGE_MODEL: "scripted",
    });
    echoing.close();
    const everything = (await everythingIn(folder)) + text;
    expect(everything).toContain("says [redacted]");
    expect(everything).toContain("Incorrect API key provided: Bearer [redacted]");
    expect(everything).not.toContain(key);
  });
});
