import type { Architecture } from "../domain/training/architecture.ts";

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
