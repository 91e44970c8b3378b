import { copyFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import { ggufBytes } from "../../../shared/testing/ggufFile.ts";
import { baseGguf, engineMissing, fixtureModel, launchRealWorker } from "../testing/engineFixtures.ts";
import { createInferenceService } from "./inferenceService.ts";

const missing = engineMissing();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright bad files "));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns the service's failure for a model. Starting a process fails the test. */
async function refused(model: ModelRef): Promise<unknown> {
  const launchWorker = () => {
    throw new Error("the native side was to see it");
  };
  return createInferenceService({ launchWorker, gpu: "none" })
    .describe(model)
    .then(
      () => "was taken",
      (error: unknown) => error,
    );
}

/** Returns the fixture's file, or a copy with a change. */
async function changed(from: string, name: string, change: (bytes: Buffer) => void): Promise<string> {
  const bytes = await readFile(from);
  change(bytes);
  const to = path.join(folder, name);
  await writeFile(to, bytes);
  return to;
}

/** Returns the offset of a four-byte metadata value, after its key and type. */
const placeOf = (bytes: Buffer, key: string) => bytes.indexOf(key) + key.length + 4;

describe.skipIf(missing !== null)(`a model file${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  test.each([0, 3, 24, 1000, 60_000, 2_000_000, -1])(
    "cut off at byte %d is refused by its sizes",
    async (end) => {
      const cut = path.join(folder, `cut at ${end}.gguf`);
      await copyFile(baseGguf, cut);
      const { size } = await stat(cut);
      await truncate(cut, end < 0 ? size + end : end);
      expect(await refused({ gguf: cut, adapter: null })).toMatchObject({
        code: "bad-value",
        message: expect.stringMatching(/is not a usable GGUF file/),
        place: { file: cut },
      });
    },
  );

  test("that doesn't exist is missing, for the base and the adapter", async () => {
    const none = path.join(folder, "none.gguf");
    expect(await refused({ gguf: none, adapter: null })).toMatchObject({
      code: "missing",
      place: { file: none },
    });
    const adapter = { id: "none", path: none, scale: 1 };
    expect(await refused({ gguf: baseGguf, adapter })).toMatchObject({
      code: "missing",
      place: { file: none },
    });
  });

  test("that is a folder is refused", async () => {
    expect(await refused({ gguf: folder, adapter: null })).toMatchObject({
      code: "bad-value",
      message: `${folder} is a folder, not a file`,
      place: { file: folder },
    });
  });

  test("of another kind or architecture is refused", async () => {
    const page = path.join(folder, "page.gguf");
    await writeFile(page, "<!doctype html><html>404</html>".repeat(100));
    expect(await refused({ gguf: page, adapter: null })).toMatchObject({ code: "bad-value" });
    const other = path.join(folder, "phi.gguf");
    await writeFile(
      other,
      ggufBytes({ metadata: { "general.architecture": "phi3" }, tensors: [{ name: "a", shape: [32] }] }),
    );
    expect(await refused({ gguf: other, adapter: null })).toMatchObject({
      code: "bad-value",
      message: expect.stringContaining('its architecture is "phi3", not "llama"'),
    });
    const adapterGguf = fixtureModel("adapter").adapter?.path ?? "";
    expect(await refused({ gguf: adapterGguf, adapter: null })).toMatchObject({
      code: "bad-value",
      message: expect.stringContaining('it is a "adapter", not a model'),
    });
  });

  test.each([
    ["more tensors than the file has", (bytes: Buffer) => bytes.writeUInt32LE(4_000_000, 8)],
    ["more metadata than the file has", (bytes: Buffer) => bytes.writeUInt32LE(4_000_000, 16)],
    [
      "a tensor longer than the file",
      // A tensor's name is followed by the number of its dimensions and the first dimension.
      (bytes: Buffer) => bytes.writeUInt32LE(2 ** 30, bytes.lastIndexOf("token_embd.weight") + 17 + 4 + 8),
    ],
    [
      "more layers than the file has",
      (bytes: Buffer) => bytes.writeUInt32LE(400, placeOf(bytes, "llama.block_count")),
    ],
  ])("that declares %s is refused before it is loaded", async (what, change) => {
    const gguf = await changed(baseGguf, `${what}.gguf`, change);
    expect(await refused({ gguf, adapter: null })).toMatchObject({
      code: "bad-value",
      place: { file: gguf },
    });
  });

  test("an adapter of another base, a truncated one, or one with a false size is refused with a valid base", async () => {
    const good = fixtureModel("adapter").adapter?.path ?? "";
    const another = path.join(folder, "another.gguf");
    await writeFile(
      another,
      ggufBytes({
        metadata: { "general.architecture": "llama", "general.type": "adapter", "adapter.type": "lora" },
        tensors: [
          { name: "blk.0.attn_q.weight.lora_a", shape: [4096, 16] },
          { name: "blk.0.attn_q.weight.lora_b", shape: [16, 4096] },
        ],
      }),
    );
    const cut = await changed(good, "cut adapter.gguf", () => {});
    await truncate(cut, 100_000);
    const lying = await changed(good, "lying adapter.gguf", (bytes) => {
      const place = bytes.indexOf("blk.0.attn_q.weight.lora_a") + "blk.0.attn_q.weight.lora_a".length;
      bytes.writeUInt32LE(2 ** 29, place + 4);
    });
    for (const [file, message] of [
      [another, /is for 4096 × 4096, but the base model has/],
      [cut, /truncated/],
      [lying, /is not a usable GGUF file|but the base model has/],
    ] as const) {
      const adapter = { id: file, path: file, scale: 1 };
      expect(await refused({ gguf: baseGguf, adapter })).toMatchObject({
        code: "bad-value",
        message: expect.stringMatching(message),
        place: { file },
      });
    }
  });

  test("is refused at once with a context larger than the memory, and works with a smaller one", async () => {
    const gguf = await changed(baseGguf, "endless context.gguf", (bytes) =>
      bytes.writeUInt32LE(2 ** 31 - 1, placeOf(bytes, "llama.context_length")),
    );
    const rows = [{ key: "one", content: "A bakery", seed: 1 }];
    const ask = {
      model: { gguf, adapter: null },
      rows,
      choice: { temperature: 0, maxTokens: 5 },
      onRow: () => undefined,
    };
    const settings = { launchWorker: launchRealWorker, gpu: "none" } as const;
    const greedy = createInferenceService({ ...settings, contextSize: 2_000_000_000 });
    await expect(greedy.generateRows(ask)).rejects.toMatchObject({
      code: "missing",
      message: expect.stringMatching(/a context of 2000000000 tokens for 4 rows at once takes [\d.]+ [GT]B/),
      hint: expect.stringContaining("smaller context"),
    });
    const modest = createInferenceService(settings);
    expect((await modest.generateRows(ask)).restarts).toBe(0);
    modest.stop();
  });
});
