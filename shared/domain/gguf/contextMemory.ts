import type { GgufHeader } from "./header.ts";

/** Keys and values are kept in 16 bits at least. */
const leastBytes = 2;

function positive(header: GgufHeader, key: string): number | null {
  const value = header.metadata.get(`${header.metadata.get("general.architecture")}.${key}`);
  // Some models say it layer by layer: the largest bounds nothing from below, so such a file is not judged here.
  return typeof value === "number" && value > 0 ? value : null;
}

/** How many tokens a context of this base holds: what is asked for, at most what it was trained on. */
export function contextTokens(header: GgufHeader, asked: number): number {
  return Math.min(asked, positive(header, "context_length") ?? asked);
}

/**
 * Bytes that the keys and values of a context take at least: tokens × rows at once × layers × 2 × key/value heads ×
 * width of a head × 2 bytes. Null where the header lacks the values.
 */
export function contextBytes(header: GgufHeader, tokens: number, lanes: number): number | null {
  const layers = positive(header, "block_count");
  const heads = positive(header, "attention.head_count");
  const width = positive(header, "embedding_length");
  if (layers === null || heads === null || width === null) return null;
  const keyValueHeads = positive(header, "attention.head_count_kv") ?? heads;
  const headWidth = positive(header, "attention.key_length") ?? width / heads;
  return tokens * lanes * layers * 2 * keyValueHeads * headWidth * leastBytes;
}

/** `general.file_type` of the formats that llama.cpp repacks for a CPU's vector instructions: Q4_0 and Q8_0. */
const repackedTypes: readonly unknown[] = [2, 7];

/** Bytes of the second copy of the weights that llama.cpp makes on a CPU, beside the mapped file. */
export function repackedBytes(header: GgufHeader, fileBytes: number): number {
  return repackedTypes.includes(header.metadata.get("general.file_type")) ? fileBytes : 0;
}
