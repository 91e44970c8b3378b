import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HubServer, startHubServer } from "../electron/services/testing/hubServer.ts";
import { tinySample } from "../electron/services/testing/tinySample.ts";
import { failing, root, run, runJson, start, temporaryFolder } from "./support/namewright.ts";

const tinyBase = path.join(root, "models", "tiny-mistral");
const token = "hf_canary_9d8e7f";
const id = "someone/tiny";
let hub: HubServer;
let folder: string;
let removeFolder: () => Promise<void>;
let shop: string;
let env: Record<string, string>;
let weights: Buffer;

beforeAll(async () => {
  ({ folder, remove: removeFolder } = await temporaryFolder());
  shop = path.join(folder, "shop");
  const small = ["config.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json"];
  const names = [...small, "model.safetensors"];
  const contents = await Promise.all(names.map((name) => readFile(path.join(tinyBase, name))));
  weights = contents[4] as Buffer;
  const files = Object.fromEntries(names.map((name, at) => [name, contents[at] ?? ""]));
  hub = await startHubServer({ id, files, large: ["model.safetensors"], token });
  env = {
    NAMEWRIGHT_DATA_DIR: path.join(folder, "user"),
    HF_ENDPOINT: hub.endpoint,
    HUGGINGFACE_API_TOKEN: token,
  };
  await runJson("workspace init", [shop], { cwd: folder, env });
});
afterAll(async () => {
  await hub.stop();
  await removeFolder();
});

it("checks a folder and a GGUF, and rejects an adapter as a base", async () => {
  const check = await runJson("base check", [tinyBase], { cwd: shop, env });
  expect(check).toMatchObject({ architecture: "MistralForCausalLM", problems: [] });
  const adapter = path.join(tinySample, "models", "model_v1", "adapter.gguf");
  const refused = await runJson("base check", [adapter], { cwd: shop, env, code: 1 });
  expect(refused.problems.join()).toContain("not a model");
  expect(await failing(["base", "use", "./nowhere"], { cwd: shop, env })).toMatchObject({ exitCode: 4 });
});

it("resumes a killed download at its byte, then verifies, uses and removes it, and stores no token", async () => {
  // The list, four small files, then weights that stop partway.
  hub.script.push(null, null, null, null, null, (_request, response) => {
    response.writeHead(200, { "content-length": weights.length });
    response.write(weights.subarray(0, 3_000_000));
  });
  const cut = start(["base", "download", id], { cwd: shop, env });
  const user = path.join(folder, "user", "bases");
  const part = path.join(user, `someone--tiny@${"a".repeat(12)}`, "model.safetensors.part");
  await expect
    .poll(
      () =>
        stat(part).then(
          ({ size }) => size,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(3_000_000);
  cut.child.kill("SIGKILL");
  await cut.ended;
  expect((await runJson("base list", [], { cwd: shop, env })).partial).toMatchObject([{ id }]);
  const made = await runJson("base download", [id], { cwd: shop, env });
  expect(hub.requests.some(({ range }) => range === "bytes=3000000-")).toBe(true);
  expect(await readFile(path.join(made.folder, "model.safetensors"))).toEqual(weights);
  const used = await runJson("base use", [id], { cwd: shop, env });
  expect(used).toMatchObject({ problem: null, chosen: { base: id } });
  expect(await failing(["base", "remove", id], { cwd: shop, env })).toMatchObject({ exitCode: 3 });
  await runJson("base use", ["embedded"], { cwd: shop, env });
  expect((await runJson("base remove", [id], { cwd: shop, env })).bases.map(({ value }) => value)).toEqual([
    "embedded",
  ]);
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of names.filter((one) => one.isFile()))
    expect(await readFile(path.join(entry.parentPath, entry.name), "latin1")).not.toContain(token);
});

it("explains a gated model and exits with 5", async () => {
  const refused = await failing(["base", "download", id], {
    cwd: shop,
    env: { ...env, HUGGINGFACE_API_TOKEN: "" },
  });
  expect(refused).toMatchObject({ exitCode: 5, hint: expect.stringContaining("Accept the license") });
});

it("suggests names with a downloaded base", async () => {
  await runJson("base download", [id], { cwd: shop, env });
  await runJson("base use", [id, "--gguf", path.join(tinyBase, "model-f16.gguf")], { cwd: shop, env });
  const ended = await run(["suggest", "Family bakery with sourdough bread", "--version", "base", "--json"], {
    cwd: shop,
    env,
  });
  expect(ended.code).toBe(0);
  expect(JSON.parse(ended.stdout).results).toHaveLength(1);
});
