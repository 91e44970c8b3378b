import { expect, test } from "vitest";
import { ggufBytes } from "../../testing/ggufFile.ts";
import { contextBytes, contextTokens } from "./contextMemory.ts";
import { parseGgufHeader } from "./header.ts";

const headerOf = (metadata: Record<string, number>) => {
  const bytes = ggufBytes({ metadata: { "general.architecture": "llama", ...metadata }, tensors: [] });
  return parseGgufHeader(bytes, bytes.length);
};

test("a 7B model needs 128 KiB per token and parallel row", () => {
  const mistral = headerOf({
    "llama.block_count": 32,
    "llama.embedding_length": 4096,
    "llama.attention.head_count": 32,
    "llama.attention.head_count_kv": 8,
    "llama.context_length": 32_768,
  });
  expect(contextBytes(mistral, 1, 1)).toBe(128 * 1024);
  expect(contextBytes(mistral, 1024, 4)).toBe(512 * 1024 * 1024);
  expect(contextTokens(mistral, 1024)).toBe(1024);
  expect(contextTokens(mistral, 1_000_000)).toBe(32_768);
});

test("counts keys per head without grouped heads, and uses a given width", () => {
  const told = { "llama.block_count": 2, "llama.embedding_length": 64, "llama.attention.head_count": 4 };
  expect(contextBytes(headerOf(told), 10, 1)).toBe(10 * 2 * 2 * 4 * 16 * 2);
  expect(contextBytes(headerOf({ ...told, "llama.attention.key_length": 32 }), 10, 1)).toBe(
    10 * 2 * 2 * 4 * 32 * 2,
  );
});

test("returns null for an incomplete header", () => {
  expect(contextBytes(headerOf({ "llama.block_count": 2 }), 10, 1)).toBeNull();
  expect(contextTokens(headerOf({}), 77)).toBe(77);
});
