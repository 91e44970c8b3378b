// Every runtime has it; the pure layer's tsconfig knows no runtime's library.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function mixBlock(block: number): number {
  return Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

/** The 32-bit finalizer of MurmurHash3: every input bit changes half of the output bits. */
export function finalize(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

/**
 * MurmurHash3 x86_32 (Austin Appleby, public domain) of the text's UTF-8 bytes: 0 … 2³²−1. Stable across
 * versions and machines, so that splits which hang on it stay as they are. Not for secrets.
 */
export function hash32(text: string, seed = 0): number {
  const bytes = new TextEncoder().encode(text);
  const blocks = bytes.length >> 2;
  let hash = seed | 0;
  for (let at = 0; at < blocks * 4; at += 4) {
    const block =
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    hash = (Math.imul(rotate(hash ^ mixBlock(block), 13), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= blocks * 4; at -= 1) tail = (tail << 8) | (bytes[at] ?? 0);
  if (bytes.length % 4 !== 0) hash ^= mixBlock(tail);
  return finalize(hash ^ bytes.length);
}

/** 16 hex digits: two hashes of different seeds side by side; long enough to serve as an id. */
export function hash64Hex(text: string): string {
  return [0, 0x9747b28c].map((seed) => hash32(text, seed).toString(16).padStart(8, "0")).join("");
}

/** A stable share of the text in [0, 1): a split with share s takes the texts below s. */
export function hashShare(text: string): number {
  return hash32(text, 0x5eed) / 2 ** 32;
}

/**
 * A 53-bit hash of the text's UTF-16 units: 0 … 2⁵³−1, for tables of many texts that are not kept. Two 32-bit
 * hashes (FNV-1a with two offsets, finalized as MurmurHash3's). Among four million texts the chance that any two
 * share one is below 1 in 1,000.
 */
export function hash53(text: string): number {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x5bd1e995);
  }
  return (finalize(two ^ text.length) & 0x1fffff) * 2 ** 32 + finalize(one ^ (two >>> 15));
}
