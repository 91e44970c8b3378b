import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import { commit, type HubServer, type HubServerOptions, startHubServer } from "../testing/hubServer.ts";
import { createDownloads, type DownloadProgress } from "./downloads.ts";

const id = "someone/tiny";
const revision = `${commit}b`;
const shard = Buffer.alloc(50_000, "weights ");
const model: HubServerOptions = {
  id,
  files: {
    "config.json": '{"architectures":["MistralForCausalLM"]}',
    "tokenizer.json": "{}",
    "model.safetensors.index.json": JSON.stringify({ weight_map: { a: "model-1.safetensors" } }),
    "model-1.safetensors": shard,
    "consolidated.safetensors": "not named by the index",
    "pytorch_model.bin": "a pickle",
    "modeling.py": "print('code')",
  },
  large: ["model-1.safetensors"],
};

let folder: string;
const servers: HubServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "downloads-"));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function served(options: HubServerOptions = model): Promise<HubServer> {
  const server = await startHubServer(options);
  servers.push(server);
  return server;
}

function downloadsFrom(
  hub: HubServer,
  secrets: Platform["secrets"] = { get: async () => null },
  files = createFileLayer(),
) {
  const host: Platform = {
    name: "test",
    paths: { userData: folder, resources: folder, sample: folder, embeddedBase: folder },
    secrets,
    ...fromOutside([environmentSource({ HF_ENDPOINT: hub.endpoint })]),
    launchWorker: () => {
      throw new Error("no worker is needed");
    },
  };
  const times = { silenceMs: 2000, retryMs: 1 };
  return createDownloads({ files, host, now: () => new Date(0), times });
}

const signal = () => new AbortController().signal;

function quiet(heard: string[] = []): DownloadProgress {
  return {
    onPlan: () => {},
    onFile: (name) => void heard.push(name),
    onBytes: () => {},
    onRetry: (reason) => void heard.push(reason),
  };
}

const fetched = (downloads: ReturnType<typeof downloadsFrom>, heard?: string[]) =>
  downloads.fetch({ id, revision: "main" }, signal(), quiet(heard));

describe("a download", () => {
  it("fetches only indexed weights, configuration and tokenizer", async () => {
    const downloads = downloadsFrom(await served());
    const result = await fetched(downloads);
    expect((await readdir(result.folder)).sort()).toEqual([
      "config.json",
      "download.json",
      "model-1.safetensors",
      "model.safetensors.index.json",
      "tokenizer.json",
    ]);
    expect(await readFile(path.join(result.folder, "model-1.safetensors"))).toEqual(shard);
    expect(result.revision).toBe(revision);
    expect((await downloads.find(id))?.stamp).toMatchObject({ id, revision });
    expect(await downloads.partial()).toEqual([]);
  });

  it("resumes with a range after a lost connection", async () => {
    const hub = await served();
    const listed = [null, null, null, null, null];
    hub.script.push(...listed, (_request, response) => {
      response.writeHead(200, { "content-length": shard.length });
      response.write(shard.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
    });
    const heard: string[] = [];
    const result = await fetched(downloadsFrom(hub), heard);
    expect(await readFile(path.join(result.folder, "model-1.safetensors"))).toEqual(shard);
    const ranges = hub.requests.map(({ range }) => range).filter((range) => range !== undefined);
    expect(ranges).toEqual(["bytes=20000-"]);
    expect(heard.join()).toContain("connection was lost");
  });

  it("resumes at the same byte after a cancel", async () => {
    const hub = await served();
    const downloads = downloadsFrom(hub);
    const abort = new AbortController();
    hub.script.push(null, null, null, null, null, (_request, response) => {
      response.writeHead(200, { "content-length": shard.length });
      response.write(shard.subarray(0, 30_000));
    });
    const progress = {
      ...quiet(),
      onBytes: (done: number) => done > 30_000 && abort.abort(new Error("enough")),
    };
    await expect(downloads.fetch({ id, revision: "main" }, abort.signal, progress)).rejects.toThrow("enough");
    const [part] = await downloads.partial();
    expect(part).toMatchObject({ id });
    expect(await downloads.find(id)).toBeNull();
    const result = await fetched(downloads);
    expect(hub.requests.some(({ range }) => range === "bytes=30000-")).toBe(true);
    expect(await readFile(path.join(result.folder, "model-1.safetensors"))).toEqual(shard);
  });

  it("restarts a file when the server doesn't support ranges", async () => {
    const hub = await served();
    const whole = (_request: unknown, response: import("node:http").ServerResponse) => {
      response.writeHead(200).end(shard);
    };
    hub.script.push(null, null, null, null, null, (_request, response) => {
      response.writeHead(200, { "content-length": shard.length });
      response.write(shard.subarray(0, 10_000), () => setTimeout(() => response.destroy(), 50));
    });
    hub.script.push(whole);
    const result = await fetched(downloadsFrom(hub));
    expect(await readFile(path.join(result.folder, "model-1.safetensors"))).toEqual(shard);
  });

  it("discards a file with a wrong checksum", async () => {
    const hub = await served();
    const other = Buffer.alloc(shard.length, "tampered ");
    hub.script.push(null, null, null, null, null, (_request, response) => void response.end(other));
    const downloads = downloadsFrom(hub);
    await expect(fetched(downloads)).rejects.toMatchObject({
      code: "service-refused",
      message: expect.stringContaining("model-1.safetensors"),
    });
    expect(await downloads.find(id)).toBeNull();
    expect((await fetched(downloads)).revision).toBe(revision);
  });

  it("checks small files by Git's blob hash", async () => {
    const hub = await served();
    hub.script.push(
      null,
      null,
      (_request, response) => void response.end('{"architectures":["Other"]}          {}'),
    );
    await expect(fetched(downloadsFrom(hub))).rejects.toMatchObject({
      message: expect.stringContaining("config.json"),
    });
  });

  it("waits as a busy server requests, and gives up with a remedy", async () => {
    const hub = await served();
    const busy = (_request: unknown, response: import("node:http").ServerResponse) => {
      response.writeHead(503).end();
    };
    hub.script.push(busy, busy);
    await fetched(downloadsFrom(hub));
    hub.script.push(...Array.from({ length: 6 }, () => busy));
    await rm(path.join(folder, "bases"), { recursive: true });
    await expect(fetched(downloadsFrom(hub))).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringContaining("resume"),
    });
  });

  it.each([
    ["a pickle alone", { "config.json": "{}", "pytorch_model.bin": "x" }, "pickle"],
    ["no configuration", { "model.safetensors": "x" }, "config.json"],
    [
      "an index that leads out of the folder",
      {
        "config.json": "{}",
        "model.safetensors.index.json": JSON.stringify({ weight_map: { a: "../../evil.safetensors" } }),
        "../../evil.safetensors": "x",
      },
      "isn't a safetensors file",
    ],
    [
      "an index that names a pickle",
      {
        "config.json": "{}",
        "model.safetensors.index.json": JSON.stringify({ weight_map: { a: "pytorch_model.bin" } }),
        "pytorch_model.bin": "x",
      },
      "isn't a safetensors file",
    ],
  ])("refuses %s", async (_what, files, said) => {
    const downloads = downloadsFrom(await served({ id, files }));
    await expect(fetched(downloads)).rejects.toMatchObject({
      code: "bad-value",
      message: expect.stringContaining(said),
    });
    expect(await downloads.list()).toEqual([]);
  });
});

describe("a partial download", () => {
  it("is listed while it runs, without finished parts and locks", async () => {
    const place = path.join(folder, "bases", "someone--tiny@0123456789ab");
    await mkdir(place, { recursive: true });
    await writeFile(path.join(place, "config.json"), "12345");
    const lock = `${path.basename(place)}.lock`;
    for (const name of [lock, `${lock}.clearing`, `.${lock}.1-00000000-00000000.1.tmp`])
      await writeFile(path.join(folder, "bases", name), "{}");
    const files = createFileLayer();
    const list = async (where: string) => {
      const names = await files.list(where);
      return where === place ? [...names, "model-1.safetensors.part"] : names;
    };
    const downloads = downloadsFrom(await served(), undefined, { ...files, list });
    expect(await downloads.partial()).toEqual([{ id, folder: place, bytes: 5 }]);
  });
});

describe("deleting a download", () => {
  it("is refused during a download, which it doesn't damage", async () => {
    const hub = await served();
    const downloads = downloadsFrom(hub);
    const reached = Promise.withResolvers<() => void>();
    hub.script.push(null, null, null, null, null, (_request, response) => {
      response.writeHead(200, { "content-length": shard.length });
      response.write(shard.subarray(0, 20_000), () =>
        reached.resolve(() => response.end(shard.subarray(20_000))),
      );
    });
    const fetching = fetched(downloads);
    const goOn = await reached.promise;
    await expect(downloads.remove(id)).rejects.toMatchObject({ code: "missing" });
    goOn();
    expect(await readFile(path.join((await fetching).folder, "model-1.safetensors"))).toEqual(shard);
    await downloads.remove(id);
    expect(await readdir(path.join(folder, "bases"))).toEqual([]);
  });

  it("can be repeated after an interruption that leaves no complete model", async () => {
    const hub = await served();
    const { folder: place } = await fetched(downloadsFrom(hub));
    const files = createFileLayer();
    const remove = async (file: string) => {
      if (file === place) throw new Error("the power went");
      await files.remove(file);
    };
    const cutOff = downloadsFrom(hub, undefined, { ...files, remove });
    await expect(cutOff.remove(id)).rejects.toThrow("the power went");
    const downloads = downloadsFrom(hub);
    expect(await downloads.find(id)).toBeNull();
    expect(await downloads.partial()).toMatchObject([{ id }]);
    await downloads.remove(id);
    expect(await downloads.partial()).toEqual([]);
  });
});

describe("the token", () => {
  const token = "hf_only_for_the_hub";
  const boundTo = (origin: string) => ({
    get: async () => token,
    bound: async () => ({ value: token, origin }),
  });

  it("is sent to its own origin but not to a redirect's target", async () => {
    const elsewhere = await served();
    const hub = await served({ ...model, token, redirectTo: elsewhere.endpoint });
    const secrets = boundTo(hub.endpoint);
    await fetched(downloadsFrom(hub, secrets));
    expect(hub.requests.every(({ authorization }) => authorization === `Bearer ${token}`)).toBe(true);
    expect(elsewhere.requests.length).toBeGreaterThan(0);
    expect(elsewhere.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it("isn't sent to an origin that it isn't bound to", async () => {
    const hub = await served({ ...model, token });
    const secrets = boundTo("https://huggingface.co");
    await expect(fetched(downloadsFrom(hub, secrets))).rejects.toMatchObject({
      code: "service-refused",
      hint: expect.stringContaining("bound to https://huggingface.co"),
    });
    expect(hub.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it("is requested for a gated model, and never appears in the failure", async () => {
    const hub = await served({ ...model, token: "hf_another" });
    const secrets = boundTo(hub.endpoint);
    const failure = await fetched(downloadsFrom(hub, secrets)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "service-refused", message: expect.stringContaining("gated") });
    expect(JSON.stringify({ ...(failure as object), text: String(failure) })).not.toContain(token);
  });

  const spoiled = {
    "a file's name in the index": `{"weight_map":{"a":"${token}/x"}}`,
    "the escaped name of a file": `{"weight_map":{"a":"${token.replace("_", "\\u005f")}/x"}}`,
  };
  it.each(Object.entries(spoiled))("appears in no failure when the hub echoes it as %s", async (_, index) => {
    const hub = await served({
      ...model,
      files: { ...model.files, "model.safetensors.index.json": index },
    });
    const failure = await fetched(downloadsFrom(hub, boundTo(hub.endpoint))).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(`${failure} ${(failure as Error).cause}`).not.toContain(token);
  });

  it("appears in no message when it is invalid in a header", async () => {
    const hub = await served();
    const secrets = {
      get: async () => null,
      bound: async () => ({ value: "hf_a\nb_0001", origin: hub.endpoint }),
    };
    const heard: string[] = [];
    const failure = await fetched(downloadsFrom(hub, secrets), heard).catch((error: Error) => error);
    expect(heard.length).toBeGreaterThan(0);
    expect(`${failure} ${heard}`).not.toContain("b_0001");
  });

  it("appears in no message about a long error body, whose connection is closed", async () => {
    const hub = await served();
    let closed: Promise<void> | undefined;
    hub.script.push((_request, response) => {
      response.writeHead(403);
      closed = new Promise((resolve) => response.on("close", resolve));
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    await expect(fetched(downloadsFrom(hub))).rejects.toMatchObject({
      message: expect.stringContaining("gated"),
    });
    await closed;
  });
});

it("a download refuses a redirect to an unencrypted address", async () => {
  const hub = await served();
  hub.script.push((_request, response) => {
    response.writeHead(302, { location: "http://example.invalid/model" }).end();
  });
  await expect(fetched(downloadsFrom(hub))).rejects.toMatchObject({
    code: "service-refused",
    message: expect.stringContaining("isn't encrypted"),
  });
});

it("a download explains an unreachable hub", async () => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const hub = { endpoint: `http://127.0.0.1:${port}` } as HubServer;
  await expect(fetched(downloadsFrom(hub))).rejects.toMatchObject({
    code: "missing",
    hint: expect.stringContaining("connection"),
  });
});
