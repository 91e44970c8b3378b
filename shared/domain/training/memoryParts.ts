/** What each part of a memory estimate is used for, in words. */
export const memoryPartNames: Readonly<Record<string, string>> = {
  weights: "the base model's weights",
  lora: "the adapter",
  gradients: "gradients",
  optimiser: "the optimizer's moments",
  activations: "activations",
  logits: "logits",
  keyValueCache: "the cache for checked answers",
  runtime: "Python and its libraries",
};
