import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SuggestRequestSchema } from "../../../shared/schema/suggest.ts";
import { TrainingRequestSchema } from "../../../shared/schema/trainingRun.ts";
import { ggufBytes } from "../../../shared/testing/ggufFile.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { createServices, type Services } from "../services.ts";
import { environmentSource, fromOutside } from "../settings/outside.ts";
import { tinySample } from "../testing/tinySample.ts";
import { initWorkspace, openWorkspace } from "../workspace/workspace.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const embedded = path.join(root, "models", "tiny-mistral");
const files = createFileLayer();
const weightsName = "model.safetensors";
type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
type Config = Record<string, unknown>;

let folder: string;
let base: string;
let services: Services;
let weights: { header: Header; data: Buffer };

beforeAll(async () => {
  const bytes = await readFile(path.join(embedded, weightsName));
  const length = Number(bytes.readBigUInt64LE());
  const header: Header = JSON.parse(bytes.toString("utf8", 8, 8 + length));
  weights = { header, data: bytes.subarray(8 + length) };
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright stranger "));
  base = path.join(folder, "base");
  await mkdir(base);
  for (const name of ["config.json", "tokenizer.json", "tokenizer.model", weightsName]) {
    await cp(path.join(embedded, name), path.join(base, name));
  }
  await openServices({ base });
});
afterEach(async () => {
  await services.close();
  await rm(folder, { recursive: true });
});
afterAll(() => {
  weights = { header: {}, data: Buffer.alloc(0) };
});

/** Services over a copy of the sample with this configuration. No process may be started by them. */
async function openServices(config: Config): Promise<void> {
  const shop = path.join(folder, "shop");
  const { workspace } = await initWorkspace(files, shop, { fromSample: tinySample });
  const file = path.join(workspace.folder, "namewright.json");
  const before: Config = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...before, ...config }));
  const platform: Platform = {
    name: "test",
    paths: {
      userData: path.join(folder, "user"),
      resources: path.join(root, "resources"),
      sample: tinySample,
      embeddedBase: embedded,
    },
    secrets: { get: async () => null },
    ...fromOutside([environmentSource({ DEVICE: "cpu" })]),
    launchWorker: () => {
      throw new Error("a process was started");
    },
  };
  services = createServices({ platform, files, workspace: await openWorkspace(files, shop, false) });
}

async function reconfigured(config: Config): Promise<void> {
  await services.close();
  await rm(path.join(folder, "shop"), { recursive: true });
  await openServices(config);
}

function safetensors(header: unknown, data: Uint8Array): Buffer {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, data]);
}

/** Writes the weights with a header that was changed. */
async function lie(change: (header: Header) => void): Promise<void> {
  const header = structuredClone(weights.header);
  change(header);
  await writeFile(path.join(base, weightsName), safetensors(header, weights.data));
}

async function reconfigure(change: Config): Promise<void> {
  const file = path.join(base, "config.json");
  const config: Config = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify({ ...config, ...change }));
}

/** What `suggest` of the base answers. */
async function suggested(): Promise<unknown> {
  const request = SuggestRequestSchema.parse({ descriptions: ["A bakery"], version: "base" });
  return (await services.suggest()).suggest(request, new AbortController().signal);
}

const training = TrainingRequestSchema.parse({ version: "v1" });

/** What `base check`, `base list`, `train` and `suggest` say. */
async function expectRefused(reason: RegExp): Promise<void> {
  expect((await (await services.base()).check(base)).problems.join("; ")).toMatch(reason);
  expect((await (await services.base()).list()).problem).toMatch(reason);
  const refusal = { name: "Failure", code: "bad-value", message: expect.stringMatching(reason) };
  await expect(suggested()).rejects.toMatchObject(refusal);
  await expect((await services.training()).start(training)).rejects.toMatchObject(refusal);
  const { findings } = await (await services.training()).plan(training);
  expect(
    findings
      .filter(({ severity }) => severity === "error")
      .map(({ message }) => message)
      .join(),
  ).toMatch(reason);
}

const q = "model.layers.0.self_attn.q_proj.weight";

describe("a folder from a stranger", () => {
  it.each<[string, (header: Header) => void, RegExp]>([
    ["a missing tensor", (header) => void delete header[q], /model\.safetensors.*gap before/],
    ["negative offsets", (header) => void entryOf(header).data_offsets.fill(-8), /q_proj.*can't be read/],
    ["overlapping tensors", (header) => void shift(entryOf(header), -4), /overlaps/],
    ["offsets beyond the file", (header) => void shift(entryOf(header), 2 ** 40), /gap|cut off/],
    ["a shape that isn't its size", (header) => void entryOf(header).shape.push(2), /isn't the size of/],
    ["another name", (header) => rename(header, q, "other"), /q_proj\.weight is missing/],
    [
      "a transposed shape",
      (header) => void header["model.layers.0.mlp.up_proj.weight"]?.shape.reverse(),
      /up_proj\.weight is \d+ × \d+, not/,
    ],
    ["integers for weights", (header) => void asIntegers(header), /norm\.weight.*I16.*not a float type/],
  ])("is refused for safetensors with %s, before any process is started", async (_, change, reason) => {
    await lie(change);
    await expectRefused(reason);
  });

  it.each([
    ["of 10 bytes", Buffer.from("0123456789"), /claims \d+ bytes/],
    [
      "with a header of 2^63 bytes",
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 128, 123, 125]),
      /claims 9223372036854775808 bytes/,
    ],
    ["that is empty", Buffer.alloc(0), /shorter than 8 bytes/],
    ["with a name listed twice", safetensors('{"a": 1, "a": 1}', Buffer.alloc(0)), /lists a twice/],
  ])("is refused for a safetensors file %s", async (_, bytes, reason) => {
    await writeFile(path.join(base, weightsName), bytes);
    await expectRefused(reason);
  });

  it.each<[Config, RegExp]>([
    [{ num_hidden_layers: 10 ** 9 }, /config\.json: num_hidden_layers is 1000000000, not/],
    [{ hidden_size: "many" }, /hidden_size is "many", not/],
    [{ vocab_size: 2 ** 53 }, /vocab_size is 9007199254740992, not/],
    [{ num_hidden_layers: 99 }, /model\.layers\.\d+\.\S+ is missing/],
  ])("is refused for the config %o", async (change, reason) => {
    await reconfigure(change);
    await expectRefused(reason);
  });

  it("is refused for a config.json that isn't JSON", async () => {
    await writeFile(path.join(base, "config.json"), "{");
    await expectRefused(/no readable config\.json/);
  });

  it("is refused for a tokenizer without added tokens", async () => {
    const file = path.join(base, "tokenizer.json");
    const { added_tokens: _, ...tokenizer } = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, JSON.stringify(tokenizer));
    await expectRefused(/tokenizer\.json.*added_tokens/);
  });

  it("is refused for two shards that hold the same tensor", async () => {
    const names = Object.keys(weights.header).filter((name) => name !== "__metadata__");
    const map = Object.fromEntries(names.map((name, at) => [name, `model-${at % 2}.safetensors`]));
    for (const shard of ["model-0.safetensors", "model-1.safetensors"])
      await cp(path.join(base, weightsName), path.join(base, shard));
    await writeFile(path.join(base, "model.safetensors.index.json"), JSON.stringify({ weight_map: map }));
    await expectRefused(/is in model-0\.safetensors and in model-1\.safetensors/);
  });

  it("is refused for an index that names a tensor its shard doesn't hold", async () => {
    const map = Object.fromEntries(Object.keys(weights.header).map((name) => [name, weightsName]));
    const index = { weight_map: { ...map, __metadata__: weightsName, ghost: weightsName } };
    await writeFile(path.join(base, "model.safetensors.index.json"), JSON.stringify(index));
    await expectRefused(/ghost isn't in model\.safetensors/);
  });

  it("is refused for a GGUF beside the weights that was made from others", async () => {
    const gguf = path.join(base, "model-f16.gguf");
    const bytes = await readFile(path.join(embedded, "model-f16.gguf"));
    await writeFile(gguf, bytes);
    expect((await (await services.base()).check(base)).problems).toEqual([]);
    bytes.fill(0x2a, bytes.length - 4_000_000);
    await writeFile(gguf, bytes);
    expect((await (await services.base()).check(base)).problems.join()).toMatch(/different weights/);
    const refusal = {
      code: "bad-value",
      message: expect.stringMatching(/model-f16\.gguf doesn't match the base model in .*different weights/),
      hint: expect.stringMatching(/delete it/i),
      place: { file: gguf },
    };
    await expect(suggested()).rejects.toMatchObject(refusal);
  });

  it("is compared again when its weights change under a running program", async () => {
    await cp(path.join(embedded, "model-f16.gguf"), path.join(base, "model-f16.gguf"));
    await expect(suggested()).rejects.toThrow("a process was started");
    const file = path.join(base, weightsName);
    const bytes = await readFile(file);
    const header = 8 + Number(bytes.readBigUInt64LE());
    await writeFile(file, bytes.fill(0x2a, header));
    await expect(suggested()).rejects.toThrow(/doesn't match the base model/);
  });

  it("is compared with a GGUF also where it holds no tokenizer.json", async () => {
    await rm(path.join(base, "tokenizer.json"));
    const gguf = path.join(base, "model-f16.gguf");
    await cp(path.join(embedded, "model-f16.gguf"), gguf);
    expect((await (await services.base()).check(base)).problems).toEqual([]);
    const tensors = [{ name: "token_embd.weight", shape: [32] }];
    await writeFile(gguf, ggufBytes({ metadata: { "general.architecture": "llama" }, tensors }));
    expect((await (await services.base()).check(base)).problems.join()).toMatch(
      /model-f16\.gguf doesn't match the base model/,
    );
  });
});

describe("baseGguf", () => {
  it("that is a folder is named in the list, the check, suggest and the plan", async () => {
    const place = path.join(folder, "weights.gguf");
    await mkdir(place);
    await reconfigured({ base: "embedded", baseGguf: place });
    const reason = `${place} is a folder, not a file`;
    expect((await (await services.base()).list()).problem).toContain(reason);
    expect((await (await services.base()).check(place)).problems).toEqual([reason]);
    await expect(suggested()).rejects.toMatchObject({
      code: "bad-value",
      message: reason,
    });
    const { findings } = await (await services.training()).plan(training);
    expect(findings.map(({ message }) => message).join()).toContain("is a folder, not a file");
  });

  it("that isn't there is missing, by its path", async () => {
    const place = path.join(folder, "none.gguf");
    await reconfigured({ base: "embedded", baseGguf: place });
    expect((await (await services.base()).list()).problem).toContain(place);
    await expect((await services.base()).check(place)).rejects.toMatchObject({ code: "missing" });
    await expect(suggested()).rejects.toMatchObject({
      code: "missing",
      message: expect.stringContaining(place),
    });
  });
});

it("a check of a file that is neither a folder nor a GGUF says so", async () => {
  expect((await (await services.base()).check(path.join(base, "config.json"))).problems.join()).toMatch(
    /isn't a folder/,
  );
});

function entryOf(header: Header) {
  const entry = header[q];
  if (entry === undefined) throw new Error(`the embedded base has no ${q}`);
  return entry;
}

function shift(entry: Header[string], by: number): void {
  entry.data_offsets = [entry.data_offsets[0] + by, entry.data_offsets[1] + by];
}

function rename(header: Header, from: string, to: string): void {
  const entry = header[from];
  delete header[from];
  if (entry !== undefined) header[to] = entry;
}

/** The last norm as integers of the same size. */
function asIntegers(header: Header): void {
  const norm = header["model.norm.weight"];
  if (norm === undefined) return;
  const values = norm.shape[0] ?? 0;
  const bytes = norm.data_offsets[1] - norm.data_offsets[0];
  norm.dtype = bytes === 2 * values ? "I16" : "I32";
}
