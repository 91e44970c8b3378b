import type { Architecture } from "./architecture.ts";

/** Mistral 7B v0.3, as its config.json describes it. */
export const mistral7b: Architecture = {
  hiddenSize: 4096,
  layers: 32,
  heads: 32,
  keyValueHeads: 8,
  headWidth: 128,
  intermediateSize: 14336,
  vocabularySize: 32768,
  tiedEmbeddings: false,
};

/**
 * Returns what is known about the sizes of a Hugging Face model before it is downloaded, or null. All versions of
 * Mistral 7B have the same layers; only the vocabulary differs, by 2 %.
 */
export function knownArchitecture(base: string): Architecture | null {
  return /^mistralai\/Mistral-7B-/i.test(base) ? mistral7b : null;
}
