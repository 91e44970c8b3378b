import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ProgressFeed } from "../async/progressFeed.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { tinySample } from "../testing/tinySample.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import { createBaseModels } from "./baseModel.ts";
import type { Downloads } from "./downloads.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-base-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("shows how far a conversion is, in tensors", async () => {
  const { workspace } = await initWorkspace(files, path.join(folder, "shop"), { fromSample: tinySample });
  const progress = new ProgressFeed();
  const shown: unknown[] = [];
  const trainer: Trainer = {
    async run(words, { onEvent, schema }) {
      for (const tensor of [1, 2]) {
        onEvent(schema.parse({ kind: "convert", elapsedSeconds: 0, tensor, tensors: 2 }));
        shown.push(progress.current);
      }
      await writeFile(words[words.indexOf("--out") + 1] ?? "", "GGUF");
    },
  };
  const bases = createBaseModels({
    files,
    platform: {
      paths: { userData: path.join(folder, "user"), embeddedBase: path.join(root, "models", "tiny-mistral") },
    } as Platform,
    trainer,
    downloads: {} as Downloads,
    progress,
  });
  // The base has an f16 file beside its weights; at another precision it is converted.
  const { config } = workspace;
  const other = { ...workspace, config: { ...config, precision: "q8_0" as const } };
  await bases.open(other, { signal: new AbortController().signal, onProgress: () => {} });
  expect(shown).toEqual([
    expect.objectContaining({
      text: "converting tiny-mistral to GGUF at q8_0",
      done: 1,
      total: 2,
      unit: "tensors",
    }),
    expect.objectContaining({ done: 2, total: 2 }),
  ]);
});
