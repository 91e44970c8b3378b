import type { GgufHeader, GgufTensor, GgufValue } from "./header.ts";

/** The names of the supported architectures in GGUF. Mistral's is "llama". */
const architectures: readonly GgufValue[] = ["llama", "qwen2", "qwen3"];

function text(header: GgufHeader, key: string): GgufValue | undefined {
  return header.metadata.get(key);
}

function shown(value: GgufValue | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function architectureProblems(
  header: GgufHeader,
  kind: "model" | "adapter",
  supported: readonly GgufValue[],
): string[] {
  const type = text(header, "general.type");
  const found = text(header, "general.architecture");
  return [
    // Older base files have no type.
    ...(type === kind || (type === undefined && kind === "model")
      ? []
      : [`it is a ${shown(type)}, not a ${kind}`]),
    ...(found !== undefined && supported.includes(found)
      ? []
      : [`its architecture is ${shown(found)}, not ${supported.map(shown).join(" or ")}`]),
  ];
}

/** Returns that this file is only a part of a model, if it is. */
export function splitProblems(header: GgufHeader): string[] {
  const parts = text(header, "split.count");
  if (typeof parts !== "number" || parts <= 1) return [];
  const part = `part ${Number(text(header, "split.no") ?? 0) + 1} of ${parts} of a split GGUF`;
  return [`it is ${part}. Join the parts with \`llama-gguf-split --merge FIRST-PART OUTPUT\` of llama.cpp`];
}

/** Returns why this file can't be used as a base model; [] if it can. */
export function baseProblems(header: GgufHeader): string[] {
  const split = splitProblems(header);
  if (split.length > 0) return split;
  const names = new Set(header.tensors.map(({ name }) => name));
  const blocks = text(header, `${text(header, "general.architecture")}.block_count`);
  const needed = ["token_embd.weight", "output_norm.weight"];
  if (typeof blocks === "number" && blocks > 0)
    needed.push(`blk.${blocks - 1}.attn_q.weight`, "blk.0.ffn_down.weight");
  return [
    ...architectureProblems(header, "model", architectures),
    ...(typeof blocks === "number" && blocks > 0 ? [] : ["its number of layers is missing"]),
    ...(Array.isArray(text(header, "tokenizer.ggml.tokens")) ? [] : ["it has no tokenizer"]),
    ...needed.filter((name) => !names.has(name)).map((name) => `tensor ${name} is missing`),
  ];
}

interface LoraPair {
  a?: GgufTensor;
  b?: GgufTensor;
}

function loraPairs(adapter: GgufHeader): Map<string, LoraPair> {
  const pairs = new Map<string, LoraPair>();
  for (const tensor of adapter.tensors) {
    const [, target, side] = /^(.*)\.lora_([ab])$/.exec(tensor.name) ?? [];
    if (target === undefined) continue;
    const pair = pairs.get(target) ?? {};
    pairs.set(target, side === "a" ? { ...pair, a: tensor } : { ...pair, b: tensor });
  }
  return pairs;
}

function pairProblem(target: string, { a, b }: LoraPair, base: GgufTensor | undefined): string | null {
  if (a === undefined || b === undefined) return `${target} has only one of its two matrices`;
  if (base === undefined) return `${target} isn't a tensor of the base model`;
  const [inputs, rank] = a.shape;
  const [rankOfB, outputs] = b.shape;
  if (rank !== rankOfB) return `${target} has rank ${rank} on one side and ${rankOfB} on the other`;
  if (inputs === base.shape[0] && outputs === base.shape[1]) return null;
  return `${target} is for ${inputs} × ${outputs}, but the base model has ${base.shape[0]} × ${base.shape[1]}`;
}

/** Returns why this file can't be used as a LoRA adapter on that base model; [] if it can. */
export function adapterProblems(adapter: GgufHeader, base: GgufHeader): string[] {
  const kind = text(adapter, "adapter.type");
  const bases = new Map(base.tensors.map((tensor) => [tensor.name, tensor]));
  const pairs = [...loraPairs(adapter)];
  return [
    ...architectureProblems(adapter, "adapter", [text(base, "general.architecture") ?? ""]),
    ...(kind === "lora" ? [] : [`its adapter type is ${shown(kind)}, not "lora"`]),
    ...(pairs.length > 0 ? [] : ["it contains no LoRA matrices"]),
    ...adapter.tensors
      .filter(({ name }) => !/\.lora_[ab]$/.test(name))
      .map(({ name }) => `${name} isn't a LoRA matrix`),
    ...pairs.flatMap(([target, pair]) => pairProblem(target, pair, bases.get(target)) ?? []),
  ];
}
