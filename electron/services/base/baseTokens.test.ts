import path from "node:path";
import { expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import type { Platform } from "../platform.ts";
import { tinySample } from "../testing/tinySample.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { baseTokens } from "./baseTokens.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const tinyBase = path.join(root, "models", "tiny-mistral");
const files = createFileLayer();

async function tokensOf(found: { folder: string | null; gguf: string | null }) {
  const asked: string[] = [];
  const tokens = await baseTokens({
    files,
    workspace: await openWorkspace(files, tinySample, true),
    platform: { paths: { resources: path.join(root, "resources") } } as Platform,
    bases: { inspect: async () => found },
    inference: async () => ({
      tokenize: async ({ gguf }, texts, asPrompt) => {
        asked.push(gguf);
        return texts.map((text) => [...(asPrompt ? "123" : ""), ...text].map((_, at) => at));
      },
    }),
  });
  return { tokens, asked };
}

it("baseTokens counts with any base on disk, including downloaded ones", async () => {
  const gguf = "/user/gguf/someone--tiny-f16.gguf";
  const { tokens, asked } = await tokensOf({ folder: tinyBase, gguf });
  expect(tokens?.around).toBe(3);
  expect(await tokens?.count(["abc", ""], false)).toEqual([3, 0]);
  expect(await tokens?.count(["abc", ""], true)).toEqual([6, 3]);
  expect(asked).toEqual([gguf, gguf]);
});

it("baseTokens returns null for a base that is absent or was never converted", async () => {
  expect((await tokensOf({ folder: null, gguf: null })).tokens).toBeNull();
  const { tokens } = await tokensOf({ folder: tinyBase, gguf: null });
  expect(tokens?.trainingLimit).toBeGreaterThan(0);
  expect(await tokens?.count(["abc"], false)).toBeNull();
});
