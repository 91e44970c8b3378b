import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import type { BoundSecret, Platform, SecretName } from "../platform.ts";
import { boundKey } from "./boundKey.ts";
import { environmentSource, fromOutside } from "./outside.ts";
import { createSettingsService } from "./settingsService.ts";
import { withUserSettings } from "./userSettings.ts";

const key = "sk-only-for-its-origin";
let folder: string;
const servers: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "settings-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A host that reads `variables`, and keeps keys where it is a desktop. */
function hostWith(variables: Record<string, string> = {}, desktop = false): Platform {
  const kept = new Map<SecretName, BoundSecret>();
  return {
    name: "test",
    paths: { userData: folder, resources: folder, sample: folder, embeddedBase: folder },
    secrets: {
      get: async (name) => kept.get(name)?.value ?? variables[name] ?? null,
      ...(desktop
        ? {
            bound: async (name: SecretName) => kept.get(name) ?? null,
            set: async (name: SecretName, secret: BoundSecret | null) => {
              if (secret === null) kept.delete(name);
              else kept.set(name, secret);
            },
            storage: async () => "system" as const,
          }
        : {}),
    },
    ...fromOutside([{ ...environmentSource(variables), kind: "dotenv", place: "/home/me/.env" }]),
    launchWorker: () => {
      throw new Error("no worker is needed");
    },
  };
}

const serviceOf = (host: Platform) => createSettingsService(host, createFileLayer());

/** An endpoint that answers every call with this, and tells what it heard. */
async function endpointThat(status: number, body: unknown) {
  const heard: { authorization: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      heard.push({ authorization: request.headers.authorization, body: text });
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, heard };
}

const ready = {
  choices: [{ finish_reason: "stop", message: { content: '{"ready":true}' } }],
  usage: { prompt_tokens: 30, completion_tokens: 10 },
};

describe("settings", () => {
  it("are stored in the user's data folder and read by the services", async () => {
    const host = hostWith();
    const service = serviceOf(host);
    await service.update({ theme: "dark", device: "cpu", judge: { model: "judge-1" } });
    const changed = await service.update({ judge: { baseUrl: "https://judge.example/v1" } });
    expect(changed).toMatchObject({
      theme: "dark",
      device: { value: "cpu", source: "settings" },
      judge: {
        baseUrl: { value: "https://judge.example/v1", source: "settings" },
        model: { value: "judge-1", source: "settings" },
      },
    });
    const platform = withUserSettings(host);
    expect(platform.setting("DEVICE")).toBe("cpu");
    expect(platform.setting("NAMEWRIGHT_JUDGE_MODEL")).toBe("judge-1");
    expect((await service.update({ device: null })).device).toEqual({ value: "auto", source: "default" });
  });

  it("give way to the environment", async () => {
    const service = serviceOf(hostWith({ DEVICE: "cuda", NAMEWRIGHT_JUDGE_MODEL: "from-env" }));
    const { device, judge } = await service.update({ device: "cpu", judge: { model: "mine" } });
    expect(device).toEqual({ value: "cuda", source: "dotenv" });
    expect(judge.model).toEqual({ value: "from-env", source: "dotenv" });
  });

  it("keep prices to the model they were set for", async () => {
    const mine = { model: "mine", prices: { input: 1, output: 2 } };
    await serviceOf(hostWith()).update({ judge: mine });
    const prices = async (variables: Record<string, string>) =>
      (await serviceOf(hostWith(variables)).get()).judge.prices;
    expect(await prices({})).toEqual({ value: { input: 1, output: 2 }, source: "settings" });
    expect(await prices({ NAMEWRIGHT_JUDGE_MODEL: "other" })).toEqual({ value: null, source: "default" });
  });

  it("keep both of two concurrent changes", async () => {
    const service = serviceOf(hostWith());
    await Promise.all([service.update({ theme: "light" }), service.update({ judge: { model: "m" } })]);
    expect(await service.get()).toMatchObject({ theme: "light", judge: { model: { value: "m" } } });
  });

  it("name a damaged file and don't discard it", async () => {
    await writeFile(path.join(folder, "settings.json"), "{");
    const failure = { code: "bad-value", place: { file: path.join(folder, "settings.json") } };
    await expect(serviceOf(hostWith()).get()).rejects.toMatchObject(failure);
    await expect(serviceOf(hostWith()).update({ theme: "dark" })).rejects.toMatchObject(failure);
    expect(await readFile(path.join(folder, "settings.json"), "utf8")).toBe("{");
  });
});

describe("a key", () => {
  it("can be set and cleared, and is never shown or logged", async () => {
    const service = serviceOf(hostWith({}, true));
    const set = await service.setKey({
      name: "OPENAI_API_KEY",
      value: key,
      origin: "https://api.openai.com/v1",
    });
    expect(set.keys[0]).toEqual({
      name: "OPENAI_API_KEY",
      set: true,
      source: "stored",
      origin: "https://api.openai.com",
      wantedBy: "https://api.openai.com",
      storage: "system",
    });
    await service.update({ theme: "dark" });
    const written = await Promise.all(
      (await readdir(folder)).map((name) => readFile(path.join(folder, name), "utf8")),
    );
    expect(JSON.stringify([set, await service.get(), written])).not.toContain(key);
    const cleared = await service.setKey({
      name: "OPENAI_API_KEY",
      value: null,
      origin: "https://api.openai.com",
    });
    expect(cleared.keys[0]).toMatchObject({ set: false, source: null, origin: null });
  });

  it("cannot be set where the host keeps none: the failure says which variable", async () => {
    const change = { name: "HUGGINGFACE_API_TOKEN" as const, value: key, origin: "https://huggingface.co" };
    await expect(serviceOf(hostWith()).setKey(change)).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringContaining("HUGGINGFACE_API_TOKEN="),
    });
  });

  it("isn't stored for an unencrypted origin", async () => {
    const change = { name: "OPENAI_API_KEY" as const, value: key, origin: "http://judge.example" };
    await expect(serviceOf(hostWith({}, true)).setKey(change)).rejects.toMatchObject({ code: "bad-value" });
  });

  it("of the environment goes to the endpoint named there, not to one from the settings", async () => {
    const host = hostWith({ OPENAI_API_KEY: key });
    expect(await withUserSettings(host).secrets.get("OPENAI_API_KEY")).toBe(key);
    await serviceOf(host).update({ judge: { baseUrl: "https://elsewhere.example/v1" } });
    await expect(withUserSettings(host).secrets.get("OPENAI_API_KEY")).rejects.toMatchObject({
      code: "missing",
      message: expect.stringContaining("bound to https://api.openai.com"),
    });
    const both = hostWith({ OPENAI_API_KEY: key, OPENAI_BASE_URL: "https://mine.example/v1" });
    expect(await withUserSettings(both).secrets.get("OPENAI_API_KEY")).toBe(key);
  });
});

it("a key that changes during a read is never combined with another key's origin", async () => {
  const [before, after] = [
    { value: key, origin: "https://one.example" },
    { value: "sk-of-another", origin: "https://two.example" },
  ];
  let changed = false;
  const read = () => {
    const now = changed ? after : before;
    changed = true;
    return now;
  };
  const secrets = { get: async () => read().value, bound: async () => read() };
  const told = await boundKey({ ...hostWith({}, true), secrets }, "OPENAI_API_KEY");
  expect(told).toEqual({ ...before, source: "stored", place: "Settings" });
});

describe("the judge's test", () => {
  it("makes one call and tells latency, usage and cost", async () => {
    const { baseUrl, heard } = await endpointThat(200, ready);
    const host = hostWith({}, true);
    const service = serviceOf(host);
    await service.update({ judge: { baseUrl, model: "judge-1", prices: { input: 10, output: 100 } } });
    await service.setKey({ name: "OPENAI_API_KEY", value: key, origin: baseUrl });
    const test = await service.testJudge(new AbortController().signal);
    expect(test).toMatchObject({
      outcome: "answered",
      baseUrl,
      model: "judge-1",
      usage: { inputTokens: 30, outputTokens: 10 },
    });
    expect(test.cost).toBeCloseTo((30 * 10 + 10 * 100) / 1e6, 12);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.authorization).toBe(`Bearer ${key}`);
    expect(JSON.stringify(test)).not.toContain(key);
  });

  it("sends no key of another to a server on this machine", async () => {
    const { baseUrl, heard } = await endpointThat(200, ready);
    const service = serviceOf(hostWith({ OPENAI_API_KEY: key }));
    await service.update({ judge: { baseUrl, model: "local" } });
    expect((await service.testJudge(new AbortController().signal)).outcome).toBe("answered");
    expect(heard.map(({ authorization }) => authorization)).toEqual(["Bearer none"]);
  });

  it.each([
    [401, { error: { message: "bad key" } }, "rejected the API key"],
    [404, { error: { message: "no", code: "model_not_found" } }, "has no model"],
    [429, { error: { message: "no", code: "insufficient_quota" } }, "no quota"],
    [500, { error: { message: "broken" } }, "server-error"],
    [
      200,
      { ...ready, choices: [{ finish_reason: "stop", message: { content: "sure!" } }] },
      "not with the requested JSON",
    ],
  ])("explains the failure: %i %j", async (status, body, said) => {
    const { baseUrl } = await endpointThat(status, body);
    const service = serviceOf(hostWith({ OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl }));
    await service.update({ judge: { model: "judge-1" } });
    const test = await service.testJudge(new AbortController().signal);
    expect(test).toMatchObject({ outcome: "failed", message: expect.stringContaining(said) });
    expect(JSON.stringify(test)).not.toContain(key);
  });

  it("reports a missing model or key", async () => {
    const test = await serviceOf(hostWith()).testJudge(new AbortController().signal);
    expect(test).toMatchObject({ outcome: "failed", message: expect.stringContaining("no model is set") });
    const withModel = serviceOf(hostWith({ NAMEWRIGHT_JUDGE_MODEL: "m" }));
    expect(await withModel.testJudge(new AbortController().signal)).toMatchObject({
      outcome: "failed",
      message: expect.stringContaining("no API key is set"),
    });
  });
});
